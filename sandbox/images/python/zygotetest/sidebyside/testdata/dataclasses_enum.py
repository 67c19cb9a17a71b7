from dataclasses import dataclass, field, asdict
from enum import Enum, Flag, auto
@dataclass(order=True, slots=True)
class P:
    a: int
    b: list[int] = field(default_factory=list)
class Color(Enum):
    RED = auto(); BLUE = auto()
class F(Flag):
    A = auto(); B = auto()
print(P(1), asdict(P(2, [3])), P(1) < P(2), list(Color), Color["RED"], F.A | F.B, ~F.A)
