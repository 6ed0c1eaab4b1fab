"""跨域立案（管辖法院） · The competent court’s side of cross-court filing."""
