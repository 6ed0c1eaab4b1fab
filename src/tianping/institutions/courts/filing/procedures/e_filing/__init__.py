"""网上立案 · A complaint filed through the Internet."""
