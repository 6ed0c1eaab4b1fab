"""指标数据 · One court’s figure of one indicator in one period."""
