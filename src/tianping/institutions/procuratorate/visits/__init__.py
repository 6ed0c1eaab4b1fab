"""检察长巡访 · Circuit visits of chief prosecutors and their deputies."""
