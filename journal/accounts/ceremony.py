"""What WebAuthn's library does for passkeys.

It takes fifteen megabytes with what it needs: ``journal.accounts.passkeys`` loads it when somebody makes or uses a key.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

Wrong = WebAuthnException
"""What is raised for an answer that is not true, or is none."""
VERIFY = UserVerificationRequirement.PREFERRED
"""It comes after a password, so that who holds the device is enough; where it can ask for a finger, it does."""


@dataclass(frozen=True, slots=True)
class Made:
    """A key that a browser made: its id and public half in base64url, and how often it has signed."""

    key: str
    public: str
    count: int


def to_make(site: str, issuer: str, name: str, person: bytes, challenge: bytes, there: Iterable[str]) -> str:
    """Return, as JSON, what a browser needs to make a key other than those that are there."""
    options = generate_registration_options(
        rp_id=site,
        rp_name=issuer,
        user_name=name,
        user_id=person,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=VERIFY
        ),
        exclude_credentials=_named(there),
    )
    return options_to_json(options)


def to_sign(site: str, challenge: bytes, there: Iterable[str]) -> str:
    """Return, as JSON, what a browser needs to sign with one of these keys."""
    options = generate_authentication_options(
        rp_id=site, challenge=challenge, allow_credentials=_named(there), user_verification=VERIFY
    )
    return options_to_json(options)


def made(answer: str, challenge: bytes, site: str, address: str) -> Made:
    """Return the key that a browser says it made. Raises ``Wrong``."""
    found = verify_registration_response(
        credential=answer, expected_challenge=challenge, expected_rp_id=site, expected_origin=address
    )
    return Made(
        bytes_to_base64url(found.credential_id), bytes_to_base64url(found.credential_public_key), found.sign_count
    )


def claimed(answer: str) -> str:
    """Return which key an answer says that it is of. Raises ``Wrong``."""
    return bytes_to_base64url(parse_authentication_credential_json(answer).raw_id)


def signed(answer: str, challenge: bytes, site: str, address: str, public: str, count: int) -> int:
    """Return how often a key has signed by now, if it signed this. Raises ``Wrong``, also for one that counts back."""
    found = verify_authentication_response(
        credential=answer,
        expected_challenge=challenge,
        expected_rp_id=site,
        expected_origin=address,
        credential_public_key=base64url_to_bytes(public),
        credential_current_sign_count=count,
    )
    return found.new_sign_count


def _named(keys: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in keys]
