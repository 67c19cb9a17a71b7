from __future__ import annotations
import dataclasses, typing
@dataclasses.dataclass(order=True, slots=True)
class P:
    x: int
    y: list[Nothing] = dataclasses.field(default_factory=list)
print(P(1), P.__annotations__, P(1) < P(2), typing.get_type_hints(P, {"Nothing": int}))
z: Undefined = 3
print(__annotations__)
