"""An office's certificate and seal for tests: made anew, trusted by nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

OFFICE = "示例区应急管理局"
WORD = "印章口令"


def certificate(path: Path, now: datetime, *, days: int = 300) -> Path:
    """Write a PKCS#12 file whose certificate is valid until `days` after `now`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, OFFICE)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(WORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, made, None, locked))
    return path


def picture(path: Path) -> Path:
    """Draw a round seal that can't be taken for a real one: a ring and a cross, transparent elsewhere."""
    shown = np.zeros((600, 600, 4), np.uint8)
    cv2.circle(shown, (300, 300), 280, (40, 30, 200, 255), 22)
    cv2.line(shown, (200, 300), (400, 300), (40, 30, 200, 255), 30)
    cv2.line(shown, (300, 200), (300, 400), (40, 30, 200, 255), 30)
    path.write_bytes(cv2.imencode(".png", shown)[1].tobytes())
    return path
