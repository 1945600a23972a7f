"""What hurts: pains as they are told, how an incident ends, what somebody could not do."""

from service.extract.local.act import Act
from service.extract.local.figures import NUMBER, SPAN

SUFFERING: dict[Act, tuple[str, ...]] = {
    Act.PAIN: (
        r"problem|pain(?:ful|s|ed)?\b|pain point|issues?\b|struggl|frustrat|worried|worry\b",
        r"worries|concerned\b|slow(?:er|s|ed|ing|ly)?\b|burn(?:ed|ing|t)\b|mess(?:y|ed)?\b",
        r"too (?:long|late|much|many|slow|expensive|complex|complicated|hard|big|small)\b",
        r"impossible|manual(?:ly)?\b|fail(?:ed|s|ing|ure)?\b|spik(?:e|es|ing)\b|disaster",
        r"time(?:d )?-?outs?\b|anxious|downtime|outages?\b|los(?:e|es|ing|t)\b",
        r"gaps?\b|blind|confus|disconnect|juggl|stale\b|wrong\b|last[- ]minute|scrambl|surpris",
        r"annoy|fed up|(?:sick|tired) of|afraid|nervous|scar(?:ed|y)|backlog|overdue|understaffed",
        r"stretched|work-?arounds?\b|re-?(?:enter|key|type|do)(?:s|ing|ed)?\b|chas(?:e|es|ing)\b",
        r"hunt(?:s|ing)?\b|dig(?:s|ging)? through|back and forth|bounc(?:e|es|ing)|stall",
        r"inaccura|unclear|barely|attrition|leav(?:e|ing) (?:us|because|after)|walked away|gave up",
        r"(?:hours?|days?|times) (?:a|per|every|each) (?:\w{1,8} )?(?:week|day|month|quarter)",
        r"half (?:of )?(?:the|our|my|their) (?:day|week|time|team)|only (?:about )?\d|instead of\b",
        r"(?:grew|growing|doubled|tripled|exploded) (?:from|so|too|faster|our|in)|can't afford to",
        r"(?:contract|renewal) (?:is up|ends|expires|runs out)|acquired|merger|new regulation",
        (
            rf"(?:off|out|down|short) by|hate[sd]?\b|none of (?:them|it|these|the|our)|"
            rf"only (?:about )?{NUMBER}"
        ),
        (
            r"(?:have|has|had|got|with) no \w|terribl|awful|horribl|dreadful|useless|"
            r"poor(?:ly)?\b|worse\b|worst"
        ),
        r"sunset|discontinu|end of life|no longer|phased out|got (?:bought|acquired)|shutting down",
        (
            r"when(?:ever)? (?:a|an|the|someone|somebody|people|one of) \w{1,15} (?:leaves?|"
            r"quits?|is out|goes)"
        ),
        (
            r"own version|different (?:answers|numbers|versions|places)|by the time|"
            r"pressure (?:from|to|on)"
        ),
        (
            r"climb(?:s|ed|ing)?\b|jump(?:s|ed) |balloon|just sit|sat there|sits there|"
            r"waiting (?:for|around)"
        ),
        (
            r"reload|start over|incidents?\b|pil(?:e|es|ing) up|apologi[sz](?:e|ed|ing) to|"
            r"doubled\b|tripled\b"
        ),
        (
            r"every time (?:we|i|someone|they|you)|six figures|consulting project|change order|"
            r"refus(?:e|ed|es)\b"
        ),
        (
            r"(?:won't|wouldn't) (?:let|give|tell) us|(?:people|reps|staff|engineers|"
            r"users) (?:quit|left|ignore)"
        ),
        (
            r"spend(?:s|ing)? (?:their|my|our|his|her|whole|half) (?:\w{1,8} )?(?:mondays?|"
            r"mornings?|"
            r"days?|weekends?|evenings?|nights?|time|afternoons?|weeks?)\b"
        ),
        r"(?:isn't|aren't|wasn't|not) (?:right|working|enough|there yet|ready|usable|possible)\b",
        r"nobody had|(?:had|has|have) (?:no|the only) (?:\w{1,12} )?(?:time|answer|overview|way)\b",
        r"no(?:body| one| \w{3,12}) (?:has|had|knows|knew|noticed|caught|owns|can|could|checks)\b",
        r"out of date|(?:all|just|still|it's|it was) (?:on )?paper\b|passed between|gone by\b",
        r"(?:we|i|they|it) (?:\w{1,9} )?need(?:ed|s)? (?:\w{1,8} ){0,2}(?:days|weeks|months) to\b",
        r"half the time|nobody (?:follows|reads|uses|updates|answers)|keeps? (?:going|coming)",
        r"didn't (?:stick|last|pan out|go well|help|scale)|never (?:worked|got)|ended up\b",
        (
            r"(?:paid|pay|paying|cost|costs|spent|lost|losing|"
            r"wrote off) (?:\w{1,8} ){0,3}?(?:[$€£]?\d|a "
            r"hundred|hundred|thousand|million|forty|fifty|sixty|ninety|grand)"
        ),
        r"(?:that's|it's|was|is|were|are) supposed to\b|all (?:it|they) (?:does?|did) (?:is|was)\b",
        (
            r"(?:retires|retiring|is leaving|was sold|goes off|expires|is going away)\b|"
            r"worked (?:when|until)"
        ),
        r"just (?:type|guess|click|ignore|make up|write) |whatever (?:keeps|they|he|she|comes)\b",
        r"flagged|finding\b|ballistic|furious|insane|crazy\b|nobody dares",
        r"(?:nobody|no one) (?:had )?(?:warned|told|asked)|out of (?:hours|paper|stock)\b",
        (
            r"unsure|uncertain|uneasy|volatil|not (?:sure|confident|certain|convinced) (?:if|"
            r"whether|in)\b"
        ),
        r"needs? (?:\w{1,10} )?(?:updating|fixing|replacing|cleaning|rewriting|redoing)\b",
        (
            r"(?:i|we|they)(?:'ve)? (?:haven't|have not|hadn't|never) (?:\w{1,10} )?(?:looked|"
            r"revisited|reviewed|updated|touched|gotten around|got round|checked|managed)\b"
        ),
        (
            r"(?:'s|is|are) (?:just |quite |pretty |very |really |so |all )?(?:old|ancient|dated|"
            r"dead)\b"
        ),
        (
            r"(?:dies?|crash(?:es|ing)?|freez(?:e|es|ing)|hangs|jams|overheats?)\b|never (?:pay|"
            r"show|come)"
        ),
        (
            r"no(?:body|ne| one) (?:really |ever )?(?:sees|looks|remembers|gets|trusts|reads|uses|"
            r"cares)"
        ),
        (
            r"still (?:get|use|print|fax|type|rely|using|doing|getting|running|printing|faxing|"
            r"relying)"
        ),
        (
            r"(?:a third|a quarter|half|most|one in \w{3,5}) of (?:them|our|the|my|"
            r"those) \w{2,15} never"
        ),
        r"miss(?:ed|es|ing)\b|errors?\b|broken?\b|breaks\b|broke\b|hurt(?:s|ing)?\b",
        r"wast(?:e|es|ed|ing)\b|stuck|behind\b|delay|churn|nightmare|headache|chaos|chaotic",
        r"slip(?:s|ped|ping)?\b|throttl|imperfect|bottleneck|complain|overwhelm|hard to\b",
        r"hard for\b|not stable|unstable|unreliable|inconsistent|outdated|legacy|siloed?",
        r"silos|fragmented|scattered|duplicat|error-prone|firefight|paged every",
        r"double(?:d)? (?:entry|work)|underwater|drown|turnover|burnout|falls? through",
        r"fall(?:s|ing|en)? (?:through|apart|behind|short)|patchwork|guess(?:ing|work)\b",
        r"wishful|all over the place|ad hoc|clunky|cumbersome|tedious",
        (
            r"(?:can't|couldn't|cannot|can not|don't|didn't|doesn't|never|not) (?:really |"
            r"even |actually |always |fully |ever )?(?:trust|have (?:the|any|a|enough|time|"
            r"visibility|data|insight)|see|get|find|track|tell|keep up|scale|know (?:what|who|"
            r"where|why|how|which|until|if)|catch|work(?:ed)?\b|handle|talk to each other|"
            r"match|sync|support|answer|reconcile|follow|believe|agree|use|update|log|enter|"
            r"explain|"
            r"hire|afford|prove|measure|compare|reach|load|read|fill|tie|line up|add up)"
        ),
        (
            r"no (?:visibility|insight|way to|time|single|clear|control|one knows|idea|"
            r"consisten)"
        ),
        (
            r"(?:take|takes|took|taking|spend|spends|spent|spending|eats?|costs?|costing) "
            r"(?:us |me |them |forever |up |about |around |roughly |over |almost |like |our |"
            r"\w{1,10} ){0,4}(?:\w{0,2}\d\S{0,8} ?(?:%|percent|hours?|days?|weeks?|months?|k|"
            r"million)?|hours|days|weeks|months|forever|(?:two|three|four|five|six|seven|eight|"
            r"nine|ten|half|half a) (?:hours?|days?|weeks?|months?|day))"
        ),
        r"used to (?:be|take)|now it's (?:pushing|more|closer)|costs? us\b|costing us",
        r"(?:in|by|with|using|out of) (?:spreadsheets?|excel)|by hand\b",
        r"copy(?:ing)?[- ]and[- ]past|(?:went|going|gone|goes) (?:up|down|from)\b",
        r"dropp(?:ed|ing)|missed|rework|escalations?|audit finding|fined\b|penalt",
    ),
    Act.CONTRAST: (
        (
            r"(?:but|although|though|except|however|only|still|always|constantly|keeps?|barely|"
            r"hardly|never|nobody|nothing|none|without|instead|half|too|manual(?:ly)?|again and "
            r"again|over and over|most of|not|cannot|no)\b"
        ),
        r"\w{2,7}n't\b|every (?:time|single|week|day|month|quarter)\b|the (?:trouble|thing) is\b",
        (
            rf"{NUMBER} {SPAN} (?:a|per|each|every)\b|(?:by|with|on) (?:hand|paper|the phone|"
            rf"e-?mail)\b"
        ),
    ),
    Act.HARM: (
        (
            r"(?:was|were|got|been|is|a|an|the|of) (?:\w{1,10} ){0,2}(?:fined?|sued|hurt|injured|"
            r"burn(?:ed|t))\b"
        ),
        (
            r"penalt|lawsuit|lawyers?\b|in court|the court|judge\b|regulator|inspector|"
            r"inspection|audit"
        ),
        r"commissioner|wrote us up|citation|violation|recall(?:ed)?\b|accident|hospital|ambulance",
        (
            r"(?:in|on|at|made) the (?:\w{1,9} )?(?:paper|papers|news|press|front page)\b|"
            r"journalist|"
            r"reporter"
        ),
        r"insurer|insurance|premium\b|breach|stolen|theft|hacked|ransom|leak(?:ed|s)?\b|fraud",
        (
            r"no(?:body| one|ne) (?:\w{1,8} )?(?:noticed|knew|caught|saw|checked|told|realized|"
            r"realised)"
        ),
        (
            r"(?:until|because|when|before) (?:\w{1,12} ){1,3}(?:noticed|caught|found|complained|"
            r"opened)"
        ),
        r"los(?:t|ing)\b|died\b|crash|went (?:down|under|dark|missing)|broke\b|collapsed|fell\b",
        r"(?:quit|resigned|walked out|gave notice|moved to another|left (?:us|in|and|for|the))\b",
        r"(?:gave|give) (?:\w{1,12} ){1,3}back\b|refunded|cancel(?:l?ed)\b|write[- ]off|wrote off",
        r"cr(?:ied|ying)\b|furious|angry|amused|upset|shouting|complained|embarrass|humiliat",
        r"wrong (?:\w{1,12} )?(?:to|order|one|address|patient|customer|item|part)|twice\b|double",
        r"(?:gave|give) (?:us|them|me) (?:until|a deadline|\w{1,8} (?:days|weeks|months))",
        (
            r"(?:did not|didn't|failed to|could not|couldn't) (?:lead|deliver|arrive|open|start|"
            r"answer|work)"
        ),
        r"because (?:we|i|they|he|she|nobody) (?:couldn't|could not|didn't|did not|had (?:no|to))",
        (
            r"(?:could not|couldn't|cannot|can't) (?:be|make|read|pay)|destroyed|ruined|spoiled|"
            r"thrown away"
        ),
        (
            r"(?:counted|auditors?|audited)\b|giving away|anybody's guess|without (?:a|any)\b|"
            r"were out\b"
        ),
        (
            r"astray|turned up|came off|fell off|wrong (?:site|place|school|door)|on (?:a|"
            r"my) credit card"
        ),
        (
            r"was found to|referred to|imposed|(?:told|warned|ordered|forced) (?:us|me|"
            r"them) (?:to|that)\b"
        ),
        (
            r"(?:cost|costs|costing) us\b|(?:raised|raise|increased|goes up|"
            r"went up) (?:\w{1,10} ){0,2}by"
        ),
        r"too late\b|(?:days|hours|weeks|minutes) (?:late|behind)\b|missed\b|for (?:hours|days)\b",
        r"within (?:a|the first) (?:week|month|quarter|year)\b|lasted\b|stopped (?:using|logging)",
    ),
    Act.PAST: (
        r"(?:last|this past) (?:week|month|year|quarter|night|spring|summer|fall|autumn|winter)\b",
        (
            r"(?:years?|months?|weeks?|days?) ago\b|yesterday\b|(?:at|once|back) then\b|in (?:19|"
            r"20)\d\d\b"
        ),
        r"was\b|were\b|had\b|got\b|went\b|came\b|told\b|lost\b|broke\b|fell\b|left\b|took\b|gave\b",
        r"found\b|made\b|put\b|cost us\b|quit\b|ran\b|sent\b|paid\b|wrote\b|stood\b|sold\b|shut\b",
        (
            r"spent\b|caught\b|ended\b|blew\b|threw\b|kept\b|began\b|brought\b|tipped\b|"
            r"stopped\b|said\b"
        ),
        r"(?!need|speed|feed|seed|indeed|exceed|proceed|succeed|used to|supposed)[a-z]{2,13}ed\b",
    ),
    Act.FAULT: (
        (
            r"(?:they|it|he|she|this|that) (?:\w{1,8} )?(?:couldn't|could not|can't|cannot|don't|"
            r"doesn't|didn't|won't|wouldn't|only|wanted|never)\b"
        ),
    ),
    Act.RELIEF: (
        (
            r"(?:no|not a|not an|without|any|zero|isn't a|wasn't a|never an?) "
            r"(?:\w{1,10} )?(?:issues?|problems?|concerns?|worries|complaints?|downtime|"
            r"errors?|pain|mess|delays?)\b"
        ),
        (
            r"(?:resolved|fixed|sorted|solved)\b(?! (?:nothing|little))|(?:not|aren't|"
            r"isn't) (?:worried|afraid|scared|nervous|bothered)"
        ),
        (
            r"don't worry|(?:was|were|is|are|(?:it|he|she|that|everything)'s|(?:we|"
            r"they)'re) (?:mostly |all |totally |doing )?(?:fine|okay|ok|all right|alright)\b"
        ),
        (
            r"(?:don't|didn't) have (?:a|any) (?:problem|issue|concern)|i don't know (?:what|how|"
            r"if|why) (?:that|it)\b|not the end of the world|never had (?:a|one|any)\b"
        ),
        r"no worries|minor (?:hiccup|issue)|smooth(?:ly)?\b|sorry\b",
        r"not (?:bad|too bad|expensive)|is (?:okay|fine|good|great)\b(?! (?:but|if))",
    ),
}
