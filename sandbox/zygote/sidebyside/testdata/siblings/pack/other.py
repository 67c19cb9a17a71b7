from .inner import value
