"""跨域立案（协作法院） · The helper court’s side of cross-court filing."""
