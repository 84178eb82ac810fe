-- Files on the server's own disk, from a component that two hosts announce; hosts in files of their own.
modules_enabled = { "disco", "roster", "offline", "private", "vcard", "version", "time", "bookmarks" }
interfaces = { "192.0.2.1", "2001:db8::1" }
c2s_direct_tls_ports = { 5223 }
http_external_url = "https://share.example.org/"
disco_items = { { "share.example.org", "Files" } }

Component "share.example.org" "http_file_share"
	modules_disabled = { "s2s" }
	http_file_share_size_limit = 64*1024*1024
	http_file_share_daily_quota = 10 * 64*1024*1024
	http_file_share_global_quota = 1024^3 * 20
	http_file_share_expires_after = "4 weeks"
	http_file_share_allowed_file_types = { "image/*", "text/plain" }
	http_file_share_safe_file_types = { "image/*" }
	http_file_share_access = { "admin@example.com" }
	http_file_share_secret = "unused with the own disk"
	http_file_share_colour = "blue"

Component "conference.example.org" "muc"

Include "conf.d/*.cfg.lua"
