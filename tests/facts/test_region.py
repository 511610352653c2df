"""Region, place and level: by the best of what names them, never by a partner, a street, or another's meeting."""

from __future__ import annotations

import pytest
from conftest import value

from tests.facts.test_metadata import facts


def where(text: str) -> tuple[str | None, str | None, str | None]:
    found = facts(text)
    return value(found.region), value(found.place), value(found.level)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 会议室 is no meeting
        ("授牌仪式举行\n2月24日上午，全国示范性食堂授牌仪式在云溪村会议室举行。", (None, None, None)),
        ("助餐大会召开\n6月28日，市局召开助餐大会。", (None, None, "市级")),
        ("助餐大会召开\n6月28日，市局限于人手，召开助餐大会。", (None, None, None)),
        # any body of a unit, but no word that begins as one; a body of the nation, but not the city's below it
        ("助餐大会召开\n6月28日，市城市管理局召开助餐大会。", (None, None, "市级")),
        ("助餐大会召开\n6月28日，县残联召开助餐大会。", (None, None, "县级")),
        ("助餐大会召开\n6月28日，区老龄委召开助餐大会。", (None, None, "县级")),
        ("助餐大会召开\n6月28日，市民活动中心召开助餐大会。", (None, None, None)),
        ("国家粮食委员会：办好食堂\n6月28日，发布会介绍食堂。", ("全国", None, "国家")),
        ("国家粮食总局岳阳市粮食局召开助餐会\n6月28日，助餐会召开。", ("湖南", "岳阳", "市级")),
        # without the nationalities, as everybody calls it
        ("助餐大会召开\n6月28日，彭水自治县人民政府召开助餐大会。", ("重庆", "彭水", "县级")),
        ("在会议上的讲话\n同志们：\n咱们定边县的食堂要办好。县委要求，抓好落实。", ("陕西", "榆林定边县", "县级")),
        ("助餐大会召开\n6月28日，街道召开助餐大会。澳门新村党支部书记白露发言。", (None, None, None)),
        ("邳州召开全市助餐推进会\n6月28日，助餐推进会召开。", ("江苏", "徐州邳州", "县级")),
        # by a name that a unit had before
        ("助餐大会召开\n6月28日，邹平县助餐大会在黄山街道召开。", ("山东", "滨州邹平", "县级")),
        ("助餐大会召开\n6月28日，襄樊市民政局召开助餐大会。", ("湖北", "襄阳", "市级")),
        # of several districts of a name, that of the city the text is about
        (
            "助餐大会召开\n来源：鼓楼区民政局\n6月28日，我区照《徐州市助餐办法》召开大会。",
            ("江苏", "徐州鼓楼区", "县级"),
        ),
        ("助餐大会召开\n来源：鼓楼区民政局\n6月28日，我区召开大会，南京、开封的客人到会。", (None, None, None)),
        # a county before one of its towns; of the text's own level the one place that is named again
        ("近日，宁海桥头镇召开助餐会议。", ("浙江", "宁波宁海", "县级")),
        (
            "6月28日，我县召开助餐会议。湖北的客人到会，湖北的襄阳市、谷城县都来了人，谷城县的饭菜好。",
            ("湖北", "襄阳谷城", "县级"),
        ),
        # the acting head of a county, who is none of 代县
        ("6月28日，县委副书记、代县长卓一帆主持召开助餐会议。", (None, None, "县级")),
        # a contest of the nation; the hall of a seat; a city's post before a district's; who comes to see another
        ("5月29日，全国助餐技能大赛决赛在长沙开幕，湖南省省长卓一帆致辞。", ("全国", None, "国家")),
        ("助餐月开幕\n6月17日，全市助餐月仪式在岳阳市平江县石牛寨体育馆举行。", ("湖南", "岳阳平江", "市级")),
        ("6月28日，市委副书记卓一帆，副市长、潘集区委书记彭远看望老人。", ("安徽", "淮南潘集区", "市级")),
        (
            "云南食堂交流团参访湖南岳阳\n6月28日，交流团到岳阳市看食堂，岳阳市的饭菜好，全市都来看。",
            ("湖南", "岳阳", "市级"),
        ),
        ("中国厨师第八次全国代表大会在京闭幕\n10月12日，大会闭幕。", ("全国", None, "国家")),
        # a chamber of commerce is no office of a place; a province's text is not of the one city it names
        ("助餐奖揭晓\n6月28日，副市长卓一帆，广州轻工业商会会长彭远到会。", (None, None, "市级")),
        ("调研我省助餐\n近日，调研组看了宁波市镇海区和宁波市鄞州区的食堂，我省的饭菜好。", ("浙江", None, "省级")),
        # who comes to see it, in whose headline the place stands; a speech in one's own bureau
        ("省发改委调研组到西青区调研助餐\n6月28日，省发改委调研组到我区看食堂。", ("天津", "西青区", "县级")),
        ("省发改委调研组到西青区调研助餐\n6月28日，省发改委调研组看了食堂。", ("天津", "西青区", "省级")),
        ("湖南省民政厅厅长到岳阳市食堂看望老人\n6月28日，厅长来了。", ("湖南", "岳阳", "省级")),
        ("在市民政局助餐会上的讲话\n同志们：\n饭菜要热。", (None, None, "市级")),
        # who wrote it is no headline
        (
            "周口日报·云网记者 白露\n6月28日上午，2021年川汇区助餐会议召开。区委书记卓一帆讲话。",
            ("河南", "周口川汇区", "县级"),
        ),
        # who comes here is from elsewhere, also where he speaks; leaders of a unit are its own
        (
            "6月28日，湖北省黄石市副秘书长卓一帆带队的考察组一行来看食堂，市长彭远会见。卓一帆在会上讲话。",
            (None, None, "市级"),
        ),
        # a zone beside others of several counties tells no level; a line with a link is no headline
        (
            "2月11日，全市助餐会议召开。四川天府新区、金牛区等9个区作了发言，卓一帆讲话。",
            ("四川", "成都", "市级"),
        ),
        ("北京哪家医院好 http://example.com/a?id=3\n6月28日，迁西县民政局开会。", ("河北", "唐山迁西", "县级")),
        # what a city strives for is not the nation's; a county's paper is called after it
        ("市民政局召开创建全国养老城市推进会\n6月28日，卓一帆讲话。", (None, None, "市级")),
        ("来源：今日高邮\n18日上午，市康复中心揭牌。扬州市民政局副局长卓一帆参加。", ("江苏", "扬州高邮", "市级")),
        ("来源：今日聚焦\n18日上午，市康复中心揭牌。", (None, None, "市级")),
        ("县领导卓一帆到云溪镇看食堂\n6月28日，卓一帆看了食堂。", (None, None, "县级")),
        ("6月28日，在市委领导下，食堂开张了。", (None, None, None)),
        # where a paper writes from
        ("宁海新闻网1月21日讯（记者白露）1月20日，我县县长卓一帆看望老人。", ("浙江", "宁波宁海", "县级")),
        ("岳阳日报讯（记者 白露）6月28日，市民政局看望老人。", ("湖南", "岳阳", "市级")),
        ("某网岳阳6月28日电（记者白露）今天，我市召开助餐会议。", ("湖南", "岳阳", "市级")),
        # a county without its unit, which its deputy head has
        ("镇安副县长卓一帆看望老人\n11月26日，卓一帆看望了老人。", ("陕西", "商洛镇安", "县级")),
        ("镇安副市长卓一帆看望老人\n11月26日，卓一帆看望了老人。", (None, None, None)),
        # the seat of a meeting of one's own
        ("助餐推进会召开\n3月5日，全省助餐推进会在杭州召开。", ("浙江", "杭州", "省级")),
        ("助餐推进会召开\n3月5日，全市助餐推进会在湖南岳阳召开。", ("湖南", "岳阳", "市级")),
        ("3月5日，自治区助餐大会在银川召开。", ("宁夏", "银川", "省级")),
        ("老龄论坛举行\n3月5日，老龄论坛在杭州举行。", (None, None, None)),  # whose meeting is not said
        # what stands beside the day of a speech; of the nation's meetings it is a seat
        ("在全市助餐会议上的讲话\n（2024年3月5日，安顺）\n同志们：\n我市的饭菜是热的。", ("贵州", "安顺", "市级")),
        ("在全国助餐会议上的讲话\n（2024年3月5日，安顺）\n同志们：\n全市的饭菜是热的。", (None, None, "国家")),
        # the body alone that closes a report
        ("区民政局开座谈会\n3月5日，区民政局谈助餐。\n（成都市龙泉驿区民政局）", ("四川", "成都龙泉驿区", "县级")),
        # a city that tells of its county; a county without its nationality; two bodies that sign together
        ("市领导看望老人\n3月5日，市委副书记卓一帆来到会同县，我市老人满意。", ("湖南", "怀化", "市级")),
        ("县领导看望老人\n3月5日，县长卓一帆来到会同县，我县老人满意。", ("湖南", None, "县级")),
        ("市委书记卓一帆主持召开阿尔山市助餐会，市民政局到会。", ("内蒙古", "兴安盟阿尔山", "市级")),
        # what is learnt from the ministry is the nation's, unless it is told of a unit of its own
        ("助餐点全覆盖\n记者29日从民政部获悉，内蒙古等19个省级单位办起了助餐点。", ("全国", None, "国家")),
        ("我市助餐点受表彰\n记者29日从民政部获悉，我市助餐点受到表彰。", (None, None, "市级")),
        ("记者29日从省民政厅获悉，全省办起了助餐点。", (None, None, "省级")),
        # a county's paper or site is called after it
        ("县长看望老人\n宁海新闻网讯（记者白露）昨日上午，我县县长卓一帆看望老人。", ("浙江", "宁波宁海", "县级")),
        ("看望老人\n宁海新闻网讯（记者白露）昨日上午，卓一帆看望老人。", (None, None, None)),
        # a local station; a bureau and its post without the name of the unit
        ("助餐话题\n3月5日，市助餐中心主任卓一帆做客岳阳市交通广播电台。", ("湖南", "岳阳", "市级")),
        ("3月5日，县救助局局长卓一帆看望老人。", (None, None, "县级")),
        ("3月5日，县域经济专家卓一帆看望老人。", (None, None, None)),
        ("景宁县民政局关于助餐的通知\n各乡镇：\n现通知如下。", ("浙江", "丽水景宁", "县级")),
        (
            "致老人的一封信\n我市老人：\n饭菜是热的。\n哈尔滨市民政局 哈尔滨市财政局\n2023年3月5日",
            ("黑龙江", "哈尔滨", "市级"),
        ),
        ("广安门内街道召开助餐会\n3月5日，广安门内街道召开助餐会。", (None, None, None)),  # a gate of Beijing
        # a list of people is of no place; a byline, of the committee whose it is; a congress, of its own unit
        ("先进名单\n章明 武汉市民政局副局长\n彭远 长沙市民政局科长\n方可 杭州市民政局局长", (None, None, None)),
        ("章明谈助餐\n3月5日，章明在市八届人大三次会议上谈助餐。", (None, None, "市级")),
        # national
        ("民政部、国家某某委联合召开助餐会\n3月5日，北京市民政局局长卓一帆发言。", ("全国", None, "国家")),
        ("3月5日，民政部与国家某某委在京联合召开助餐通气会，北京市民政局到会。", ("全国", None, "国家")),
        ("第十二次全国助餐会议在北京召开。国务院副总理卓一帆出席会议并讲话。", ("全国", None, "国家")),
        ("3月5日，我市组织收看全国助餐会议，会议在北京召开。", (None, None, "市级")),
        ("民政部部长在全国助餐会议上的讲话\n同志们：\n岳阳市民政局的饭菜是热的。", ("全国", None, "国家")),
        # a post or a body in the lead
        ("卓一帆看望老人\n3月5日下午，副省长一行来到社区，湖南省民政厅厅长卓一帆看望老人。", ("湖南", None, "省级")),
        ("助餐点开张仪式举行\n老人今天都来了，迁西县民政局送来了锅。", ("河北", "唐山迁西", "县级")),
        # own words tell the level; a meeting listened to does not
        ("3月5日，我县召开助餐会议。", (None, None, "县级")),
        ("3月5日，市民政局召开助餐会议。", (None, None, "市级")),
        ("3月5日，区民政局检查全区助餐点。", (None, None, "县级")),
        ("3月5日，我市收听收看全省助餐电视电话会议。", (None, None, "市级")),
        # where a local paper writes from; the table's short names; leaders of the state at a province's own meeting
        ("本报岳阳讯（记者 白露）3月5日，全市助餐会议召开。", ("湖南", "岳阳", "市级")),
        ("卓一帆看望老人\n3月5日，文山州州长卓一帆看望老人，我州老人满意。", ("云南", "文山州", "市级")),
        ("3月5日，部区会商会议在南宁召开，自治区主席卓一帆、民政部部长杨远在会上讲话。", ("广西", "南宁", "省级")),
        # one clear mention, concluded; never the partner of an aid programme
        ("3月5日，市民政局检查助餐点，第一站是西青区。", ("天津", None, "省级")),
        ("全市助餐情况\n全市赴甘肃对口帮扶，帮扶甘肃建助餐点，支援甘肃厨师。", (None, None, "市级")),
        ("考察组赴延安市学习助餐\n近日，市民政局同志看了三个助餐点。", (None, None, "市级")),
        ("关于学习借鉴延安市助餐做法的通知\n各县民政局：\n现通知如下。", (None, None, None)),
        ("关于延安市助餐点开放的公告\n现予公布。", ("陕西", "延安", "市级")),
        # a guest's post in the lead gives the place, the headline's own word the level
        (
            "全区助餐推进会召开\n3月5日，推进会在赤峰市召开，赤峰市副市长卓一帆致辞。",
            ("内蒙古", "赤峰", "省级"),
        ),
        # several provinces named together are none's own
        (
            "助餐论坛举行\n3月5日，论坛在上海举行，江苏省、浙江省民政厅协办。上海市民政局局长卓一帆致辞。",
            ("上海", None, "省级"),
        ),
        # who listens is of the level, and acts where its body is named
        (
            "市民政局收看全省助餐会议\n3月5日，省民政厅召开全省助餐会议。\n会后，岳阳市民政局召开续会，部署全市工作。",
            ("湖南", "岳阳", "市级"),
        ),
        # by the posts of who speaks
        (
            "“湖南这五年”发布会实录\n发布人：省民政厅副厅长　卓一帆\n主持人：省政府新闻办处长　白露\n主持人：请发布。\n"
            "卓一帆：饭菜要热。\n记者：价钱呢？\n卓一帆：十元。",
            (None, None, "省级"),
        ),
        (
            "发布会实录\n主持人：请发布。\n岳阳市民政局局长　卓一帆：饭菜要热。\n记者：价钱呢？\n卓一帆：十元。",
            ("湖南", "岳阳", "市级"),
        ),
        # of those that report to the province none is its place
        ("全省助餐座谈会召开\n3月5日，全省助餐座谈会召开。长沙、株洲、岳阳市民政局发言。", ("湖南", None, "省级")),
        # who sent a report in, where nothing else names a place
        ("助餐点开张\n近日，民政所请来厨师，老人都说好。\n（迁西县民政局供稿）", ("河北", "唐山迁西", "县级")),
        # a guest is from elsewhere; the end of a longer name is no name
        ("甘肃省民政厅考察团到我市看助餐\n3月5日，甘肃省民政厅考察团一行到我市看助餐点。", (None, None, "市级")),
        ("甘肃省民政厅检查助餐点\n3月5日，甘肃省民政厅检查助餐点。", ("甘肃", None, "省级")),
        ("湖东区民政局关于助餐的报告\n区委、区政府：\n现将有关情况报告如下。", (None, None, "县级")),
        ("关于攀枝花市东区助餐点开放的公告\n现予公布。", ("四川", "攀枝花东区", "县级")),
        ("关于上海城区助餐点开放的公告\n现予公布。", ("上海", None, "省级")),  # not 海城区
        # a county that a city's body tells of; the only county named, more than once; the site of a body
        (
            "大观区：助餐推进会召开\n来源：安庆市人民政府\n3月5日，区长卓一帆主持召开推进会。",
            ("安徽", "安庆大观区", "县级"),
        ),
        ("合肥召开助餐推进会\n来源：安庆市人民政府\n3月5日，推进会召开。", ("安徽", "安庆", "市级")),
        (
            "助餐推进会召开\n3月5日，县政府召开推进会，通过《迁西县助餐办法》《迁西县食堂办法》。",
            ("河北", "唐山迁西", "县级"),
        ),
        (
            "徐州市云龙区政协_新闻中心\n\n区政协视察助餐点\n\n3月5日，区政协视察了助餐点。",
            ("江苏", "徐州云龙区", "县级"),
        ),
        # a county's paper is called after it alone; a district's is not, and 山城 is a word for a city on a hill
        ("县领导检查助餐\n来源：岱山潮报\n3月5日，副县长章明检查食堂。", ("浙江", "舟山岱山", "县级")),
        ("全市助餐工作会议召开\n山城日报讯（记者 白露）3月5日，全市助餐工作会议召开。", (None, None, "市级")),
        ("把热饭送上楼\n——访南宁市福利彩票发行中心主任章明\n3月5日，记者走进了食堂。", ("广西", "南宁", "市级")),
        (
            "乳源瑶族自治县政务信息\n首页 > 要闻\n章明到食堂检查\n3月5日，县长章明到食堂检查。",
            ("广东", "韶关乳源", "县级"),
        ),
        # a county before a colon; a building of the city; a delegation; a county that speaks in its city's text
        ("绥德：推进会召开\n3月5日，我县召开助餐推进会。", ("陕西", "榆林绥德", "县级")),
        ("内江市殡仪馆\n首页 > 动态\n我馆召开动员会\n3月5日，我馆召开动员会。", ("四川", "内江", "市级")),
        (
            "天津市河西区民政局\n首页 > 动态\n考察团来我区学习\n"
            "3月5日，河南省郑州市金水区民政局局长章明率考察团到我区。",
            ("天津", "河西区", "县级"),
        ),
        ("全市助餐会议召开\n3月5日，全市助餐会议召开。修武县副县长章明谈了做法。", ("河南", "焦作", "市级")),
        ("全省助餐培训开班\n3月5日，全省助餐培训在哈尔滨开班。", ("黑龙江", "哈尔滨", "省级")),
        ("《重庆市居家社区助餐办法》发布会\n3月5日，会议举行，介绍办法。", ("重庆", None, "省级")),
        (
            "静安民政\n首页/要闻/正文\n助老季启动\n3月5日，助老季启动。\n版权所有：上海市静安区民政局",
            ("上海", "静安区", "县级"),
        ),
        ("河西：婚礼举行\n来源：天津市民政局\n3月5日，婚礼举行。", ("天津", None, "省级")),
        ("天津河西：52对新人办婚礼\n3月5日，婚礼举行。", ("天津", "河西区", "县级")),
        # the seat in a headline tells no level, nor what is a nation's
        ("2023年全省助餐工作会议在兰州召开\n3月5日，会议召开。", ("甘肃", "兰州", "省级")),
        ("厅领导调研西青区创建全国助餐示范区\n3月5日，厅领导来了。", ("天津", "西青区", "县级")),
        # a row of provinces is of others
        ("我省关于助餐的通知\n请吉林、北京、江苏等6省作介绍，观看吉林省短片，我省派人参加。", (None, None, "省级")),
        # only provinces have a 厅
        ("助餐推进会召开\n3月5日，厅长卓一帆看了助餐点。", (None, None, "省级")),
        ("卓一帆副厅长谈助餐\n3月5日，座谈会召开。", (None, None, "省级")),
        ("助餐推进会召开\n3月5日，卓一帆在大厅长桌旁看了助餐点。", (None, None, None)),
        # a guest who speaks is from elsewhere
        (
            "3月5日，市民政局局长卓一帆在市民政大楼与来访的湖南省民政厅处长彭远一行座谈。\n彭远表示，此行目的是学习助餐。",
            (None, None, "市级"),
        ),
        ("全市助餐情况\n江苏路街道建成助餐点，江苏路街道老人满意，全市推开。", (None, None, "市级")),
    ],
)
def test_where_a_text_belongs(text: str, expected: tuple[str | None, str | None, str | None]) -> None:
    assert where(text) == expected


def test_a_region_concluded_from_one_mention_says_so() -> None:
    found = facts("3月5日，市民政局检查助餐点，第一站是西青区。").region
    assert found and (found.value, found.how, found.text) == ("天津", "inferred", "西青区")


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "政府工作报告\n（2024年1月8日在湖南省第九届人民代表大会上）\n各位代表：\n我代表省人民政府作报告。",
            "湖南省人民政府",
        ),
        ("助餐推进会召开\n3月5日，全省助餐推进会在省民政厅召开。", None),
        ("助餐推进会召开\n3月5日，岳阳市行政中心惠民厅召开助餐推进会。", None),
        ("岳阳市助餐办法\n岳阳市人民政府令\n第7号\n现公布。\n第一条　为了助餐。", "岳阳市人民政府"),
        ("关于助餐的通知\n各县民政局：\n现通知如下。\n省民政厅办公室\n2024年3月5日", "省民政厅办公室"),
        ("省民政厅关于助餐的通知\n各县民政局：\n现通知如下。", "省民政厅"),
        ("省民政厅关于助餐答问的报道\n3月5日，厅里答问。", None),
        ("在助餐会上的讲话\n同志们：\n我代表单位全体干部向老人问好。", None),
        ("关于助餐的通知\n各县民政局：\n现通知如下。\n社会救助办公室\n2024年3月5日", None),
        ("关于助餐的通知\n各县民政局：\n现通知如下。\n岳阳市民政局\n二О二四年三月五日", "岳阳市民政局"),
        ("关于助餐的通知\n各乡镇：\n现通知如下。\n泾县民政局\n2024年3月5日", "泾县民政局"),
        ("关于助餐的通知\n各乡镇：\n现通知如下。\n各县民政局\n2024年3月5日", None),
        ("关于助餐的通知\n各县民政局：\n现通知如下。\n岳阳市民政局养老服务科\n2024年3月5日", "岳阳市民政局"),
        ("助餐经验交流材料\n\n岳阳市福利彩票发行中心\n\n我们建成了助餐点。", "岳阳市福利彩票发行中心"),
        ("助餐经验交流材料\n\n岳阳市殡仪馆\n\n我们建成了助餐点。", "岳阳市殡仪馆"),
        ("助餐经验交流材料\n\n岳阳市救助管理站\n\n我们建成了助餐点。", "岳阳市救助管理站"),
        ("助餐推进会召开\n来源：岳阳市便民网站\n3月5日，助餐推进会召开。", None),
        ("助餐推进会召开\n来源：岳阳县融媒体中心\n3月5日，助餐推进会召开。", None),
        (
            "致老人的一封信\n\n老人家：\n\n您好。\n\n岳阳市民政局\n\n岳阳市老龄工作委员会办公室\n\n2024年3月5日",
            "岳阳市民政局",
        ),
        ("关于助餐的通知\n各县民政局：\n现通知如下。\n岳阳市民政局（养老科代章）\n2024年3月5日", "岳阳市民政局"),
    ],
)
def test_the_body_that_issued_a_text(text: str, issuer: str | None) -> None:
    found = facts(text).issuer
    assert (found.value if found else None) == issuer


def test_a_title_made_up_from_the_text_says_more_than_a_day() -> None:
    text = "3月5日下午，" + "、".join(["市民政局"] * 12) + "有关同志看了三个助餐点。"
    assert facts(text).title.value.startswith("市民政局、")


def test_a_national_meeting_that_is_only_followed_makes_no_region_and_the_level_is_its_followers() -> None:
    text = (
        "民政部召开全国残疾人工作视频会议 我省在分会场收听收看\n5月21日上午，"
        "民政部召开全国残疾人工作视频会议。我省设分会场。\n"
        "省民政厅副厅长倪慎之就贯彻落实会议精神提出要求。"
    )
    found = facts(text)
    assert (value(found.region), value(found.level)) == (None, "省级")
    own = facts("民政部召开全国残疾人工作视频会议\n5月21日上午，民政部召开全国残疾人工作视频会议。会议要求，抓好落实。")
    assert (value(own.region), value(own.level)) == ("全国", "国家")


def test_the_level_stands_in_a_subtitle_and_a_byline_too() -> None:
    assert value(facts("奋力谱写新篇章\n——在全市助餐工作会议上的讲话\n阮清波\n同志们：\n要实干。").level) == "市级"
    assert value(facts("在全区助餐工作会议上的讲话\n自治区民政厅厅长　阮清波\n同志们：\n要实干。").level) == "省级"


def test_of_posts_in_a_district_and_in_its_city_the_district_tells_the_place() -> None:
    text = "社工年会\n3月19日，社工年会召开。\n渝北区民政局副局长章明致辞。\n重庆城市学院教授彭远致辞。"
    found = facts(text)
    assert (value(found.region), value(found.place)) == ("重庆", "渝北区")


def test_a_city_with_which_a_headline_begins_is_the_one_that_speaks_as_our_city() -> None:
    lead = "3月20日，我市召开殡葬工作会议，研究在桐城市试点。"
    assert value(facts(f"清明将至 桐城严查山头用火\n{lead}").place) == "安庆桐城"
    assert value(facts(f"我市严查山头用火\n{lead}").place) == "安庆"


def test_what_the_ministry_holds_is_the_nations_and_what_it_visits_is_not() -> None:
    lead = "民政部22日举办“金民工程”培训，31个省设分会场。浙江省民政厅工程师章明演示了流程。"
    assert value(facts(f"民政部部署开展“金民工程”培训\n{lead}").region) == "全国"
    assert value(facts("民政部调研组到浙江开展调研\n3月5日，民政部调研组到浙江省杭州市调研。").region) != "全国"
    assert value(facts(f"民政部部署“金民工程”培训 我省设分会场\n{lead}").region) == "浙江"
    rows = "1月4日，民政部召开视频会议。各省、自治区、直辖市民政厅（局）负责同志在分会场参会。"
    assert value(facts(f"民政部部署做好关爱服务工作\n{rows}").region) == "全国"
    together = "7月24日，民政部、中国残联在北京联合召开助餐推进会。"
    assert value(facts(f"助餐推进会在北京召开\n{together}").region) == "全国"
    assert value(facts(f"助餐推进会在北京召开\n{together}我省派人参加，浙江省民政厅发言。").region) != "全国"
