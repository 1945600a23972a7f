"""Numbers and lengths of time, as patterns for the tables of cues."""

NUMBER = (
    r"(?:[$€£]?\d[\d.,]{0,12}(?:[kmb]\b)?%?|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|(?:a )?hundred|zero)"
)

SPAN = (
    r"(?:(?:business |working )?(?:minutes?|hours?|days?|weeks?|months?|quarters?|"
    r"years?))"
)
