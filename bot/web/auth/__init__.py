"""Who is asking: cookies, sessions, and the person behind them."""
