"""Secrets that must be read again, sealed with the copy's own secret: who has the database alone cannot open them."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FOR = b"thirdspace: secrets of authenticators"


@lru_cache(maxsize=4)
def _box(secret_key: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_FOR).derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def seal(plain: str, secret_key: str) -> str:
    """Return a secret as it is kept."""
    return _box(secret_key).encrypt(plain.encode()).decode()


def unseal(sealed: str, secret_key: str) -> str | None:
    """Return a secret that was sealed, or None where it was sealed with another copy's, or was changed."""
    try:
        return _box(secret_key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None
