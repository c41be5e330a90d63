"""Expected errors: a code and facts, never a sentence (the window and headquarters turn them into words)."""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | float | bool | None


class InspectorError(Exception):
    """Something that can go wrong in an honest day; carries `code` and the facts its sentence needs.

    Subclasses set `code`. A bug is never an InspectorError.
    """

    code: ClassVar[str] = "error"
    worth_logging: ClassVar[bool] = False

    def __init__(self, **facts: Fact) -> None:
        self.facts: dict[str, Fact] = facts
        super().__init__(self.code, facts)

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({told})"


class Cancelled(InspectorError):
    """The user stopped it; nothing to say."""

    code = "cancelled"


class InvalidInput(InspectorError):
    """A value the officer can correct. Facts: field, reason."""

    code = "invalid_input"


class NotFound(InspectorError):
    """The named record is not in this store. Facts: kind, id."""

    code = "not_found"


class NotAllowed(InspectorError):
    """The record's state or the actor's rights forbid the move. Facts: reason."""

    code = "not_allowed"


class WrongThread(RuntimeError):
    """Store, decoder, PDF or HTTP was touched on the window's thread: a bug, not an expected error."""


# --- store -----------------------------------------------------------------


class WrongPassphrase(InspectorError):
    """The passphrase does not open the vault. Facts: user."""

    code = "wrong_passphrase"


class PinRefused(InspectorError):
    """The second officer's PIN was wrong or is locked. Facts: tries_left."""

    code = "pin_refused"


class StoreDamaged(InspectorError):
    """The database file is not readable with the right key. Facts: file, cause."""

    code = "store_damaged"
    worth_logging = True


class StorageFull(InspectorError):
    """The disk is full; the last action was rolled back whole. Facts: cause."""

    code = "storage_full"


class StorageFailed(InspectorError):
    """The disk refused to read or write; the last action was rolled back whole. Facts: cause."""

    code = "storage_failed"
    worth_logging = True


class StoreBusy(InspectorError):
    """Another connection holds the write lock too long. Facts: cause."""

    code = "store_busy"


class AlreadyOpen(InspectorError):
    """A second program has this profile open. Facts: pid."""

    code = "already_open"


class StoreTooNew(InspectorError):
    """The store was written by a newer version; nothing was changed. Facts: step."""

    code = "store_too_new"


class ProfileMissing(InspectorError):
    """No profile lives in that folder. Facts: folder."""

    code = "profile_missing"


class ChainBroken(InspectorError):
    """The journal's hash chain or a signature does not hold. Facts: seq, reason."""

    code = "chain_broken"
    worth_logging = True


# --- evidence ----------------------------------------------------------------


class EvidenceRefused(InspectorError):
    """A file can't be taken in or shown. Facts: name ("" when bytes were given), reason.

    Reasons: empty, too_large, unreadable, not_a_file, changed, pulled_out; of a preview: undecodable, too_many_pixels.
    """

    code = "evidence_refused"


class EvidenceMissing(InspectorError):
    """A blob that the journal names is not in this store. Facts: sha256."""

    code = "evidence_missing"
    worth_logging = True


class FilmFailed(InspectorError):
    """A clip can't be decoded, or not this frame of it. Facts: reason.

    Reasons: no_index, no_video, unknown_kind, undecodable, too_many_pixels, unreadable, frame_missing, memory; died,
    too_long: the decoding process ended or was ended.
    """

    code = "film_failed"


class BundleUnreadable(InspectorError):
    """A bundle can't be read at all, or its verifier gave no answer. Facts: file, cause."""

    code = "bundle_unreadable"


class CameraFailed(InspectorError):
    """A camera shows no picture. Facts: reason (none: there is no such camera | busy: it shows nothing | gone)."""

    code = "camera_failed"


# --- notices -----------------------------------------------------------------


class GlyphMissing(InspectorError):
    """No bundled font can draw a character. Facts: field, character, codepoint."""

    code = "glyph_missing"


class NumbersExhausted(InspectorError):
    """No leased number is left for this form and year. Facts: form, year."""

    code = "numbers_exhausted"


class GateClosed(InspectorError):
    """A notice can't be issued; findings say why. Facts: count, first."""

    code = "gate_closed"


class FontsMissing(InspectorError):
    """The bundled fonts are not installed. Facts: folder."""

    code = "fonts_missing"


# --- printing ----------------------------------------------------------------


class SpoolerMissing(InspectorError):
    """No CUPS scheduler answers on this computer."""

    code = "spooler_missing"


class PrinterFailed(InspectorError):
    """A printer did not take or finish a document. Facts: fault (a PrinterState), printer; sheets_done, cause if known.

    Also how the window words the fault of a recorded run.
    """

    code = "printer_failed"


# --- law ---------------------------------------------------------------------


class PackDamaged(InspectorError):
    """A law pack can't be trusted.

    Facts: file, reason (missing | size | digest | schema | not_listed | signature | name | too_many | unreadable).
    """

    code = "pack_damaged"
    worth_logging = True


class PackRefused(InspectorError):
    """A law pack holds faults and is refused whole. Facts: count, faults (file:line: what, a line each)."""

    code = "pack_refused"


class PackUntrusted(InspectorError):
    """A law pack is signed, but by nobody this laptop trusts. Facts: signer (public key in hex)."""

    code = "pack_untrusted"


class SealRefused(InspectorError):
    """A notice can't be sealed.

    Facts: reason (passphrase | no_key | no_certificate | not_valid | no_place | pdf), of not_valid first and last day.
    """

    code = "seal_refused"


class ProofUnreadable(InspectorError):
    """What was read is not the code of a notice. Facts: reason (mark | lines | value | no_code)."""

    code = "proof_unreadable"


# --- sync --------------------------------------------------------------------


class Offline(InspectorError):
    """Headquarters can't be reached; everything is safe here. Facts: cause."""

    code = "offline"


class HqRefused(InspectorError):
    """Headquarters answered no. Facts: status, title, detail."""

    code = "hq_refused"


class HqUntrusted(InspectorError):
    """The answer is not from our headquarters or its signature does not hold. Facts: reason."""

    code = "hq_untrusted"
    worth_logging = True
