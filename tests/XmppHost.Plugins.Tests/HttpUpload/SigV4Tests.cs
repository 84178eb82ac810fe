using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>The tests' own signer against published and independently computed signatures, so that it can judge others.</summary>
public sealed class SigV4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Token = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGd";
    private const string Bucket = "https://examplebucket.s3.us-east-1.amazonaws.com";

    private static readonly (string, string)[] Jpeg = [("content-length", "23456"), ("content-type", "image/jpeg")];

    private static IEnumerable<TestCaseData> Vectors()
    {
        yield return Case("G0", "GET", Url("https://examplebucket.s3.amazonaws.com/test.txt", "us-east-1", 86400, "host"), "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
        yield return Case("P1", "PUT", Url($"{Bucket}/TOKEN/filename.jpg", "us-east-1", 300, "content-length;content-type;host"), "7aac51e5cf22da280233aa29f3f8eea5c45033dba051f374bb9912afec3c10e2", Jpeg);
        yield return Case("P2", "PUT", Url("http://localhost:9000/mybucket/uploads/TOKEN/file.txt", "us-east-1", 300, "content-length;host"), "ca09589099cbc07c14b8d823080127fd97df0775c3aa09530596cd31f28bce24", ("content-length", "7"));
        yield return Case("P3", "PUT", Url("https://s3-eu-west-1.amazonaws.com/mybucket/custom/prefix/TOKEN/tr%C3%A8s%20cool%2B%281%29.jpg", "eu-west-1", 60, "content-length;content-type;host;x-amz-acl"), "32d493572f3202bd6bc8959e1b9353f7ec922b07089c171190a644b2428c2f9c", [.. Jpeg, ("x-amz-acl", "public-read")]);
        yield return Case("P4", "PUT", Url("https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com/xmppbucket/uploads/TOKEN/a.jpg", "auto", 300, "content-length;content-type;host"), "c963c413ce284b6570aeaae858905daf39521f8b95d0408d4f0de49621f17dde", ("content-length", "10"), ("content-type", "image/jpeg"));
        yield return Case("P5", "PUT", Url($"{Bucket}/TOKEN/filename.jpg", "us-east-1", 300, "content-length;content-type;host") + $"&X-Amz-Security-Token={Uri.EscapeDataString(Token)}", "e0d2c73d9ca899af43fd3fbfbfc3fee4d0475a903d1318a902eedb9c8775dafc", Jpeg);
        yield return Case("P6", "PUT", Url($"{Bucket}/TOKEN/filename.jpg", "us-east-1", 300, "content-length;content-type;host") + "&x-amz-acl=public-read", "8fbbd08996f9923019657f8224a660366bb8dd810669f37eb38910b46ad198e2", Jpeg);
        yield return Case("P8", "PUT", Url($"{Bucket}/TOKEN/a%20b.txt", "us-east-1", 300, "content-length;content-type;host"), "dd6a82adb3549e709a35c2090eb585f74fe2a72a9fa72268745055993cf17cb1", ("content-length", "5"), ("content-type", "text/plain; charset=utf-8"));
        yield return Case("G1", "GET", Url($"{Bucket}/TOKEN/filename.jpg", "us-east-1", 604800, "host"), "38d4d175fe5015be2e3b17427a315c76bc7ebbf8e6894745dfc3769b70e8aebe");
    }

    [TestCaseSource(nameof(Vectors))]
    public void Signature_is_the_known_one(string method, string url, string signature, (string, string)[] headers) =>
        Assert.That(SigV4.SignatureOf(method, url, Secret, headers), Is.EqualTo(signature));

    [TestCase("/testbucket/test/key", "20140102T000000Z", 3600, null, "85bf825e9b67d7838f354b74d97253317584919d8a77b7b50675c2005f003f1f")]
    [TestCase("/testbucket/test/key", "20140102T000000Z", 3600, "12", "0ac4c8569e7a9e50af1a34db59678b4f23b98ff9734719b2727fe2e971626d72")]
    [TestCase("/♠♣♥♦/test/key", "20170103T144732Z", 900, null, "384a2f2a8f9f799abdd633971e48f9e100236d6be25a66513b59ea9dea43e76b")]
    public void Signature_of_another_implementation_is_reproduced(string path, string stamp, int expires, string? length, string signature)
    {
        var url = $"https://s3-eu-west-1.amazonaws.com{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIAOAONIULXQGMOUA%2F{stamp[..8]}%2Feu-west-1%2Fs3%2Faws4_request"
            + $"&X-Amz-Date={stamp}&X-Amz-Expires={expires}&X-Amz-SignedHeaders={(length is null ? "host" : "content-length%3Bhost")}";
        (string, string)[] headers = length is null ? [] : [("content-length", length)];
        Assert.That(SigV4.SignatureOf("PUT", url, "CG5fGqG0/n6NCPJ10FylpdgRnuV52j8IZvU7BSj8", headers), Is.EqualTo(signature));
    }

    [TestCase("GET", "https://examplebucket.s3.amazonaws.com/test.txt", 86400, "host", "3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04")]
    [TestCase("PUT", Bucket + "/TOKEN/filename.jpg", 300, "content-length;content-type;host", "9630dc211e790217b30d7c3ea0ea87256abd45cbec59dbffe1bbd86bc301fb7a")]
    public void Canonical_request_is_the_known_one(string method, string target, int expires, string signed, string digest)
    {
        var request = SigV4.CanonicalRequest(method, Url(target, "us-east-1", expires, signed), Jpeg);
        Assert.That(SigV4.Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request))), Is.EqualTo(digest));
    }

    [TestCase("!*'();:@&=+$,/?%#[] ", "%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%25%23%5B%5D%20")]
    [TestCase("zażółć gęślą jaźń", "za%C5%BC%C3%B3%C5%82%C4%87%20g%C4%99%C5%9Bl%C4%85%20ja%C5%BA%C5%84")]
    [TestCase("-_.~", "-_.~")]
    public void Encoding_is_the_known_one(string text, string encoded)
    {
        Assert.That(SigV4.Encode(text), Is.EqualTo(encoded));
        Assert.That(Plugins.HttpUpload.Slots.FileName.Encode(text), Is.EqualTo(encoded), "the plugin encodes the same way");
    }

    private static string Url(string target, string region, int expires, string signed) =>
        $"{target}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2F{region}%2Fs3%2Faws4_request"
        + $"&X-Amz-Date=20130524T000000Z&X-Amz-Expires={expires}&X-Amz-SignedHeaders={Uri.EscapeDataString(signed)}";

    private static TestCaseData Case(string name, string method, string url, string signature, params (string, string)[] headers) =>
        new TestCaseData(method, url, signature, headers).SetArgDisplayNames(name);
}
