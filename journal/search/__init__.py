"""Search: over what the viewer may see. The index proposes, the gate disposes."""
