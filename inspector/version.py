"""The version of this program, as it stands in every entry."""

VERSION = "0.3.0"
