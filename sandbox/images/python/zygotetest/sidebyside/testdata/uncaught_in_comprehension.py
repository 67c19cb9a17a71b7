print({k: [int(c) for c in k] for k in ("12", "3x")})
