using System.Security.Cryptography;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Tests;

internal sealed class ScramKeysTests
{
    // RFC 5802 section 5.
    private static readonly byte[] AuthMessage =
        "n=user,r=fyko+d2lbbFgONRv9qkxdawL,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096,c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j"u8.ToArray();

    [Test]
    public void The_example_of_the_rfc_comes_out()
    {
        var keys = ScramKeys.Derive("pencil", Convert.FromBase64String("QSXCR+Q6sek8bf92"), 4096);
        var proof = HMACSHA1.HashData(keys.Stored, AuthMessage).Zip(keys.Client, (a, b) => (byte)(a ^ b)).ToArray();
        Assert.That(Convert.ToBase64String(proof), Is.EqualTo("v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="));
        Assert.That(Convert.ToBase64String(HMACSHA1.HashData(keys.Server, AuthMessage)), Is.EqualTo("rmF9pqV8S7suAoZWja4dJRkFsKQ="));
    }
}
