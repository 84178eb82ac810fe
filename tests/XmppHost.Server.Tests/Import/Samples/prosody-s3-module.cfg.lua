-- The older S3 module, switched on for all hosts.
modules_enabled = { "roster", "disco", "private", "vcard_legacy", "http_upload_s3" }
c2s_ports = { 5222 }
https_ports = { 443 }
certificates = "certs"

http_upload_s3_access_id = "AKTESTKEY";
http_upload_s3_secret_key = "a secret of the module";
http_upload_s3_region = "eu-west-2";
http_upload_s3_bucket = "the_best_bucket";
http_upload_s3_path  = "http_uploads";
http_upload_s3_file_size_limit = 123 -- bytes

VirtualHost "one.example"
VirtualHost "two.example"
