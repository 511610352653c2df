"""Lines that speak of the page and to its visitor, not of the matter: every word of theirs is one of pages.

No list of lines: a vocabulary of what pages do, consist of and ask for, and the small words between. A line made of it
alone (分享给好友, 上一节 目录 下一节, 随机推荐) is a button, a box or a prompt; any other word makes it text.
"""

from __future__ import annotations

import re

from indexer.articles.characters import readable
from indexer.articles.remembered import remembered
from search.text.patterns import lazy

# What a visitor can do with a page.
_ACTS = """
    打印 关闭 收藏 分享 转发 返回 刷新 下载 上传 登录 登陆 注册 退出 注销 搜索 检索 点击 点按
    点赞 轻触 评论 留言 举报 纠错 挑错 订阅 关注 扫描 扫码 扫一扫 长按 识别 复制 粘贴 预览 浏览
    阅读 看图 查看 展开 收起 切换 设为 加入 进入 打开 跳转 跳过 播放 暂停 收听 朗读 播报 全屏
    放大 缩小 翻页 滑动 拖动 投稿 反馈 打赏 充值 开通 发表 发送 报错 换肤 置顶 回帖 发帖 显示
    输入 填写 写信
"""
# What a page consists of, where it is seen, who sees it.
_THINGS = """
    本页 本文 此页 此文 页面 网页 网站 站点 本站 全站 站内 首页 主页 头部 底部 顶部 尾部 导航
    菜单 目录 列表 正文 全文 原文 文章 文档 文库 链接 网址 地图 二维码 窗口 弹窗 浏览器 客户端
    手机 手机版 电脑版 移动版 触屏版 移动端 小程序 公众号 微信 微博 朋友圈 微信群 抖音 快手 头条号
    支付宝 账号 帐号 密码 验证码 用户名 用户 会员 积分 金币 客服 好友 网友 游客 访客 小编 字体
    字号 背景色 配色 护眼 夜间 日间 模式 关灯 开灯 无障碍 长者模式 长者版 关怀版 关爱版 适老化
    简体 繁体 简繁转换 繁简转换 繁简切换 语音 英文 右上角 左上角 右下角 左下角 上方 下方 屏幕 桌面
    按钮 图标 功能 标签 排行 排行榜 人气 沙发 板块 蓝字 楼层 新版 旧版 微信号 视频号 回复 热搜
    热词 关键词 弹幕 短信 大图 翻页 快捷键 收藏夹 本版 阅览室 道具
"""
# What boxes of links are called by, together with another word of these or of those above.
_BOXES = """
    更多 最新 最热 热门 热点 相关 推荐 精彩 往期 随机 回顾 即时 实时 滚动 新闻 资讯 图片 视频 专题 栏目
    频道 要闻 快讯 头条 资源 内容 信息 作品 上一 下一 上 下 前 后 篇 章 页 条 节 期 集 回 层
    关联 稿件 附件 版面 标题 友情 分类 归档 站长 猜你 喜欢 感兴趣 你可能 大家 都在看 编辑
"""
# What stands between them.
_BETWEEN = """
    请 您 你 我 我们 我要 的 到 给 将 在 内 里 用 至 了 可 就 来 去 吧 并 与 和 及 或 后 再
    未 免 立即 马上 一键 快捷 免费 在线 全部 所有 共 已 有 还 没有 暂无 快 抢 个 人 次 位 需要 才 可以 规则 被 过
    元 版 号 使用 进行 参与 支付 方式 直接 自动 更 大 中 小 默认 超大 左右 不 看 上 下 一 条 赠
    送 加 减 增 微 按 先 需 高级 快速 隐藏
"""
_LATIN = re.compile(
    r"(?<![a-z])(?:apps?|vip|qq(?:空间)?|wap|pc|pdf|word|rss|ios|android|banner|to|top|back|home|map|list|menu|log ?in"
    r"|search|more|share|print|close|next|prev|previous|english|en|cn|[ab][+-]|[at](?=[大中小])|x)(?![a-z])",
    re.I,
)


# 🚈, ❤, ❏: seldom in a text, often around the buttons of a page; ❶ and ✔ are a text's.
PICTOGRAPH = re.compile("[\u2740-\u2775\u2798-\u27bf\U0001f000-\U0001faff]")


def _one_of(*words: str) -> re.Pattern[str]:
    """Longest first, so that each character is looked at once."""
    return re.compile("|".join(sorted({word for many in words for word in many.split()}, key=len, reverse=True)))


_OWN = _one_of(_ACTS, _THINGS)
_WORD = _one_of(_ACTS, _THINGS, _BOXES, _BETWEEN)
_BOX = _one_of(_BOXES)
# A sentence, a day, a number to call.
_OTHER = re.compile(r"[。；]|\d{4}")
_LEFT = re.compile(r"[A-Za-z\u4e00-\u9fff]")
# A longer line of such words is a sentence of a guide.
_LONGEST = 40
# 使用高级回帖（可传图）: what a button says of itself in brackets
_ASIDE = re.compile(r"(?<=.)[（(][^（）()]{0,20}[）)]")
# 关注云溪网: what is done with the page, and whose it is
_ACT = _one_of(_ACTS)
_MEDIUM = lazy("[\u4e00-\u9fff]{2,6}[网报台]")


# 本篇文章477字，读完约1分钟: how long a text takes to read
_TO_READ = re.compile(r"[^，。；]{0,8}\d{2,6}余?字[，、 ]{0,2}[^，。；\d]{0,4}读[^，。；\d]{0,8}\d{1,3}分钟。?")


# 放大+ 缩小- 默认o: signs that stand for pictures of buttons
_SIZES = re.compile(r"(?<=[大小认]) ?[+＋\-o](?!\w)")


@remembered
def is_of_page(line: str) -> bool:
    """Whether all of a line's words are those of pages, and one of them, or two names of boxes, nothing else's."""
    bare = line.strip()
    if not 1 < len(bare) <= _LONGEST:
        return False
    read = _SIZES.sub("", readable(bare).replace("丨", "|"))
    if _TO_READ.fullmatch(read):
        return True
    if all(len(part) == 1 for part in read.split()):
        read = "".join(read.split())  # 评 论
    said = _ASIDE.sub("", read)
    rest = _LATIN.sub("", said)
    left = _WORD.sub("", rest)
    if _OTHER.search(read) or (_LEFT.search(left) and not (_ACT.match(rest) and _MEDIUM.fullmatch(left.strip()))):
        return False
    return len(rest) < len(said) or _OWN.search(rest) is not None or len(_BOX.findall(rest)) > 1


def mostly_of_page(line: str) -> bool:
    """Whether a third of a line is words that only pages have (用微信扫一扫就能把本页转给好友, 藏文版 English): in no
    headline it is."""
    read = re.sub(r"\s", "", readable(line))
    of_page = sum(len(found.group()) for pattern in (_OWN, _LATIN) for found in pattern.finditer(read))
    return 3 * of_page >= len(read) > 0


# Who may use a text again, on whose behalf it stands there, whom to write to: words of those who publish.
_PUBLISHING = """
    版权 转载 摘编 侵权 侵犯 授权 许可 注明 出处 来源 本[网站台报] 本稿 本文 本资源 原创 原作者 网友 投稿 稿件 编辑部
    观点 立场 作者(?:本人|个人) 信息存储 仅供 参考 免责 法律责任 删除|撤稿 网络(?:转载|收集|整理|文章|资源)|[自于]网络
    上传 自行(?:判断|核实|承担) 真实性|准确性
    (?:未经|未获).{0,12}(?:证实|核实) 风险
    (?:任何|其[他它])媒体 联系我们|与我们联系|联系本 公众号 邮箱|e-?mail|qq 预览 下载
"""
_PUBLISHES = lazy("|".join(f"(?P<w{at}>{words})" for at, words in enumerate(_PUBLISHING.split())), re.I)
# Without one of these a law on copyright speaks, or a notice that names where to write.
_OF_OURS = re.compile(
    r"本(?:[网站台报刊]|稿|文|资源|页|作品|公众号|平台|媒体|信息)|转载|网友|版权归|[网报社台站刊][”》]?提供|投稿|联系删除"
    r"|侵犯了?[您你]|信息存储|部分(?:文章|图片|内容|资料|素材|信息)"
)
_LONGEST_NOTE = 400
# 您的浏览器版本过低，请升级后再看: what a page says of the program that shows it.
_PROGRAM = lazy(
    r"浏览器|插件|脚本|内核|分辨率|javascript|flash|chrome|firefox|ie ?\d{1,2}|兼容|版本|升级|安装|启用", re.I
)
# 您访问的链接即将离开本站，是否继续？
_LEAVES = lazy(r"(?=.*(?:网站|网页|页面|链接|网址))(?:即将|正在|将要?|是否|确[定认])要?(?:离开|跳转|前往|访问)")


@remembered
def is_publishers_note(line: str) -> bool:
    """A note on copyright, reprints, sources and views: it says whose the page is and three things of publishing; or
    it speaks of the program that shows the page, or of leaving it."""
    read = readable(line.strip())
    if not 8 <= len(read) <= _LONGEST_NOTE:
        return False
    if len(read) <= 80 and "您" in read and _LEAVES.search(read):
        return True
    if len(read) <= 80 and "浏览器" in read and len(set(_PROGRAM.findall(read))) >= 3:
        return True
    if not _OF_OURS.search(read):
        return False
    return len({found.lastgroup for found in _PUBLISHES.finditer(read)}) >= 3
