"""Numbers and lengths of time, as patterns for the tables of cues."""

NUMBER = (
    r"(?:[$€£]?\d[\d.,]{0,12}(?:[kmb]\b)?%?|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|zero)"
)

SPAN = (
    r"(?:(?:business |working )?(?:minutes?|hours?|days?|weeks?|months?|quarters?|"
    r"years?))"
)
