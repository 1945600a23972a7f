"""The one base of all models: frozen, closed, and silent about values in its errors."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A value. Unknown keys are refused; errors never repeat the input (it may be a transcript)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
