Decimal = type("Decimal", (), {"__repr__": lambda s: "mine"})
