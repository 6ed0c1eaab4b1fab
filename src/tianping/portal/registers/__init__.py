"""公开名册 · The registers of invited mediation bodies and mediators as everybody may read them (MED16 8)."""
