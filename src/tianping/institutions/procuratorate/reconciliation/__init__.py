"""检察和解 · Prosecutors who help the parties to come to terms."""
