"""What is new for somebody."""
