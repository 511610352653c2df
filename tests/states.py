"""Every page of the program, in each state that looks different, in a real browser."""

from __future__ import annotations

from browsing import Open
from playwright.sync_api import Page, Request, Route, expect

# A sentence of each verdict, claims right and wrong, an old name, doubts about the draft itself.
DRAFT = (
    "卞知秋局长指出，“老人最怕的往往不是钱多，而是喊一声没人应。”《没有的意见》提出：“这些短板不补上，群众就不会满意。”"
    "过去常说城市老得快、现在看，农村比城市老得更快，山区比平原老得更快。護理员平均年龄超过51岁，持证率不足六成。"
    "五保供养对象的住房要有人管。他说“没有完。"
)
STATES = {
    "home": "/",
    "results": "/search?q=养老服务",
    "filtered": "/search?q=养老服务&year=2024",
    "nothing found": "/search?q=量子纠缠",
    "too long": f"/search?q={'民' * 5000}",
    "document": "/search?q=养老服务",
    "detailed form": "/advanced?q=养老服务 (低保 或 特困) -云南&region=湖北",
    "several terms": "/search?q=养老服务 低保 -火星&year=2024&sort=newest",
    "suggestions": "/",
    "file as it came": "/search?q=社会救助",
    "two versions": "/search?q=养老服务",
    "chart and reasons": "/search?q=养老服务",
    "put together": "/search/region?q=养老服务",
    "by year": "/search/year?q=养老服务",
    "line by line": "/search/lines?q=养老服务&by=after",
    "scattered": "/search?q=社区养老",
    "found in one way": "/search?q=社区养老服务&way=scattered",
    "found in a text": "/search?q=养老服务",
    "browse": "/browse",
    "tools": "/tools",
    "matrix": "/tools/matrix?q=养老服务",
    "timeline": "/tools/timeline?q=养老服务，福利彩票",
    "figures": "/tools/figures?q=福利彩票",
    "cited": "/tools/cited",
    "nothing to compare": "/tools/common",
    "wording in common": "/tools/common?region=山东&region=湖南",
    "wording of a draft": f"/tools/common?text={DRAFT}",
    "speaker": "/tools/speaker?q=卞知秋",
    "sayings with numbers": "/tools/numbered",
    "all passages": "/tools/passages?q=福利彩票",
    "telling words": "/tools/telling?region=辽宁",
    "no passage to compare": "/tools/similar",
    "passages alike": "/search?q=养老服务",
    "related words": "/tools/kin?q=养老服务",
    "names of another passage": "/tools/kin?q=日间照料",
    "no speaker": "/tools/speaker",
    "coverage": "/tools/coverage",
    "help": "/help",
    "status": "/status",
    "draft to check": "/check",
    "checked draft": f"/check?text={DRAFT}",
    "excerpts": "/search?q=养老服务",
    "drawer": "/search?q=养老服务",
    "not found": "/nothing",
    "refused": "/search?q=养老&page=-1",
}


def unlocked(route: Route, request: Request) -> None:
    """The same answer out of the sandbox, in which no script runs, axe's neither."""
    response = route.fetch()
    policy = response.headers["content-security-policy"].partition("; sandbox")[0]
    route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})


def show(visit: Open, state: str, **window: object) -> Page:
    page = visit(STATES[state], **window)
    if state in ("document", "file as it came"):
        page.get_by_test_id("hit-title").first.click()
        page.wait_for_url("**/doc/**")
    if state == "found in a text":
        page.get_by_test_id("hit-title").first.click()
        page.get_by_test_id("find").fill("老人")
        page.get_by_test_id("find-button").click()
        page.wait_for_url("**find=*")
    if state == "passages alike":
        page.goto(f"/tools/similar?doc={page.get_by_test_id('hit').first.get_attribute('data-id')}&p=3")
        expect(page.get_by_test_id("asked")).to_be_visible()
    if state == "file as it came":
        page.route("**/text?*", unlocked)
        page.get_by_test_id("raw-link").click()
        expect(page.get_by_test_id("raw")).to_be_visible()
    if state == "two versions":
        one, other = (card.get_attribute("data-id") for card in page.get_by_test_id("hit").all()[:2])
        page.goto(f"/doc/{one}/compare/{other}")
        expect(page.get_by_test_id("contrasts")).to_be_visible()
    page.wait_for_load_state()
    if state == "document":
        page.locator(".para:has(p)").nth(1).hover()
    if state == "excerpts":
        ids = [card.get_attribute("data-id") for card in page.get_by_test_id("hit").all()[:3]]
        page.goto("/basket?" + "&".join(f"e={id}.2!备注" for id in ids) + f"&e={ids[0]}.999")
        expect(page.get_by_test_id("excerpt")).to_have_count(4)
    if state == "drawer" and page.get_by_role("button", name="引用").count():
        for number in (0, 3):
            page.locator(".passage .pick").nth(number).click()
        page.locator("[data-drawer]").click()
        expect(page.get_by_test_id("basket-item")).to_have_count(2)
    if state == "suggestions":
        page.get_by_test_id("search-box").press_sequentially("养老")
    if state == "suggestions" and page.get_by_role("combobox").count():  # without scripts it is a plain box
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
    if state == "chart and reasons":
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    return page
