package zh

import (
	"strings"
	"unicode/utf8"
)

// words is a set of words that can be looked for at a place of a text.
type words struct {
	byFirst map[rune][]string
}

func newWords(list ...string) *words {
	w := &words{byFirst: map[rune][]string{}}
	for _, line := range list {
		for _, word := range strings.Fields(line) {
			first, _ := utf8.DecodeRuneInString(word)
			w.byFirst[first] = append(w.byFirst[first], word)
		}
	}
	return w
}

// at returns the longest word that starts at the beginning of text, "" for none.
func (w *words) at(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	best := ""
	for _, word := range w.byFirst[first] {
		if len(word) > len(best) && strings.HasPrefix(text, word) {
			best = word
		}
	}
	return best
}

// in tells whether text holds one of the words.
func (w *words) in(text string) bool {
	for at := range text {
		if w.at(text[at:]) != "" {
			return true
		}
	}
	return false
}

// count returns how many of the words text holds, one after the other.
func (w *words) count(text string) int {
	n := 0
	for at := 0; at < len(text); {
		_, size := utf8.DecodeRuneInString(text[at:])
		if word := w.at(text[at:]); word != "" {
			n, size = n+1, len(word)
		}
		at += size
	}
	return n
}

// starts tells whether text begins with one of the words.
func (w *words) starts(text string) bool { return w.at(text) != "" }

// rest returns what is left of text without the words, digits, blanks and signs.
func (w *words) rest(text string) string {
	var out strings.Builder
	for at := 0; at < len(text); {
		if word := w.at(text[at:]); word != "" {
			at += len(word)
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if isHan(r) || isLetter(r) {
			out.WriteRune(r)
		}
		at += size
	}
	return out.String()
}

// The furniture of web pages. Each list holds words of the web, none of any one site.
var (
	// counterWords make a line about the page itself: how often it was read, how it is shown, where it may be sent.
	counterWords = newWords("责任编辑 责编 浏览 浏览次数 浏览量 点击 点击数 点击量 点击率 点击次数 阅读 阅读数 阅读量 阅读次数 访问 访问量 访问次数 人气 热度 字体 字体大小 字号 字体显示",
		"打印 打印本页 打印本文 打印此页 关闭 关闭窗口 关闭本页 收藏 收藏本页 加入收藏 分享 分享到 转发 纠错 我要纠错 视力保护色 语音播报 一键朗读 朗读 我要打印 我要收藏 我要分享 扫一扫在手机打开当前页 在手机打开当前页")
	// pageWords stand beside them.
	pageWords = newWords("浏览 浏览次数 浏览量 点击 点击数 点击量 点击率 点击次数 阅读 阅读数 阅读量 阅读次数 访问 访问量 访问次数 人气 热度 字体 字体大小 字号 字体显示",
		"打印 打印本页 打印本文 打印此页 关闭 关闭窗口 关闭本页 收藏 收藏本页 加入收藏 分享 分享到 转发 纠错 我要纠错 视力保护色 语音播报 一键朗读 朗读 我要打印 我要收藏 我要分享 扫一扫在手机打开当前页 在手机打开当前页",
		"日期 时间 发布日期 发布时间 发表时间 发表日期 更新时间 更新日期 添加时间 录入时间 录入者 来源 信息来源 文章来源 稿件来源 出处 作者 编辑 责任编辑 责编 审核 校对 发布人 发布者 发布单位 发布机构 供稿 录入",
		"大 中 小 默认 特大 超大 次 人次 年 月 日 时 分 秒 微信 微博 新浪微博 腾讯微博 朋友圈 空间 好友 人人网 保存 下载 繁体 简体 本页 本文 本信息 全文 今日 共 已 被 到 QQ ( ) 评论 条 复制链接 网友")
	// menuWords make up the menus of sites.
	menuWords = newWords("首页 网站首页 返回首页 返回主页 返回 返回列表 返回上页 返回上一页 返回上级 返回顶部 回到顶部 回顶部 顶部 关闭 打印 收藏 上一篇 下一篇 上一条 下一条 上一页 下一页 尾页 末页 上篇 下篇 没有了 没有 暂无 无 第 页 共",
		"登录 注册 搜索 站内搜索 高级搜索 检索 无障碍 无障碍浏览 无障碍阅读 长者模式 长者助手 关怀版 适老化 繁体 简体 繁體 繁体版 简体版 邮箱 智能问答 网站地图 网站导航 关于我们 联系我们 联系方式 设为首页 加入收藏 网站声明 隐私声明 版权声明 免责声明 使用帮助 帮助 隐私保护 隐私政策 服务条款 网站帮助 常见问题 意见反馈",
		"政务公开 信息公开 政府信息公开 政务服务 办事服务 公共服务 网上办事 互动交流 政民互动 新闻中心 新闻动态 工作动态 通知公告 公告公示 公示公告 政策文件 政策解读 政策法规 规划计划 数据开放 数据发布 专题专栏 热点专题 走进 要闻 要闻动态 机构设置 领导信息 领导之窗 部门动态 媒体聚焦 图片新闻 视频新闻",
		"政务微信 政务微博 政务新媒体 微信公众号 官方微信 官方微博 微信 微博 客户端 移动端 手机版 电脑版 市政府网 县政府网 区政府网 省政府网 中国政府网 政府网 门户网站 当前位置 您的位置 您现在的位置 您所在的位置 所在位置 现在位置 位置 正文 是 的")
	// tailHeads begin what stands after the end of a text.
	tailHeads = newWords("上一篇 下一篇 上一条 下一条 上一页 下一页 上篇 下篇 返回顶部 返回首页 返回列表 返回上一页 回到顶部 回顶部 最新资讯 最新文章 最新新闻 相关阅读 相关文章 相关链接 相关新闻 相关推荐 相关信息 相关资讯 推荐阅读 推荐文章 热门文章 热门推荐 热点推荐 猜你喜欢 延伸阅读 扩展阅读",
		"网友评论 发表评论 我要评论 友情链接 网站地图 版权所有 版权声明 免责声明 联系我们 关于我们 主办单位 承办单位 主办： 主办: 承办： 承办: 技术支持 网站标识码 备案号 文章来源于 本文来源 本文链接 本文地址 声明： 声明: 【打印 【关闭 打印本页 关闭窗口 分享到 分享： 分享: 扫一扫 扫码 责任编辑 编辑： 编辑:")
	// sharing are phrases of sites that trade in documents.
	sharing = newWords("由会员分享 可在线阅读 页珍藏版 更多相关《 文库上搜索 下载后可任意编辑 下载后可编辑 可任意编辑 本文档由 资料来源于网络 资料共分享 如有侵权 侵权请 联系本站删除 联系我们删除 请联系删除 会员上传 用户上传 文档下载 在线预览 全文预览 精品文档 精选资料 完整版本请 更多优质文档 欢迎下载 资源简介 知识创造未来")
	// notices are phrases of sites about themselves.
	notices = newWords("即将离开 将要离开 您将离开 离开本站 离开本网站 离开当前网站 版权所有 公网安备 网安备 ICP备 网站标识码 Copyright copyright COPYRIGHT All AllRights 建议使用 最佳分辨率 文章来源于 来源于网络 来源于网路 来源于互联网 与本站无关 与本网站无关 网友慎重 转载请注明 未经授权 不代表本站 不代表本网 本站声明 扫一扫 扫码关注 长按识别 关注公众号 关注微信 点击下载 点击查看 点击进入 点击此处 免费下载 加微信 客服电话 今天是： 今天是: 扫描二维码 扫描下载 扫码下载 二维码下载 手机客户端下载")
	// viewerWords are what the viewers of document sites write around a page.
	viewerWords = newWords("查看全文 展开全文 展开阅读全文 阅读全文 继续阅读 点击加载 加载更多 页未读 下载文档 下载本文 文档格式 文档大小 内容提供方 上传时间 上传者 文档贡献者 立即下载 开通会员 会员专享 积分下载 让知识")
)
