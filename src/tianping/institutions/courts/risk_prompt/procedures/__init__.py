"""风险提示程序 · The procedure of a risk prompt."""
