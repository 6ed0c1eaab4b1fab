"""谁在办 · Who asks at the desk is who asks anywhere in the house."""

from __future__ import annotations

from tianping.portal.house.asked import POST, Asked, asked, key_of, new_key, whole

__all__ = ["POST", "Asked", "asked", "key_of", "new_key", "whole"]
