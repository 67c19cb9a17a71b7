from typing import NamedTuple, TypedDict, Protocol, Generic, TypeVar, get_type_hints, runtime_checkable
class N(NamedTuple):
    x: int
    y: str = "d"
@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...
class Box[T]:
    def get(self) -> T: ...
def f(a: "N", b: list[int] | None = None) -> HasLen: ...
print(N(1), isinstance([], HasLen), get_type_hints(f), Box[int])
