"""诉讼费用程序 · The procedure of a court fee."""
