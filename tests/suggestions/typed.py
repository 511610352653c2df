"""Three documents that what is typed is continued from."""

from conftest import document

TYPING = (
    document("甲", "发展养老服务。规范福利彩票。", title="湖北养老服务工作会议", region="湖北", date="2024"),
    document("乙", "养老服务和养老床位。福利彩票。", title="在推进会上的讲话", region="湖南", speakers=["濮月明"]),
    document("丙", "养老服务。福利院。", title="养老机构管理通知", region="湖北"),
)
