"""Tests of the portable backend."""
