using XmppHost.Server.Hosting;
using XmppHost.Server.Settings;

namespace XmppHost.Server.Tests;

public sealed class ListenAddressTests
{
    [TestCase("*:5222", true)]
    [TestCase("0.0.0.0:5222", true)]
    [TestCase("[::]:5222", true)]
    [TestCase("127.0.0.1:0", false)]
    [TestCase("[::1]:5222", false)]
    [TestCase("localhost:5222", false)]
    [TestCase("unix:/run/xmpphost.sock", false)]
    public void An_address_is_read_and_written(string text, bool isAny)
    {
        Assert.That(ListenAddress.TryParse(text, out var address));
        Assert.That((address!.ToString(), address.IsAny), Is.EqualTo((text, isAny)));
    }

    [TestCase("5222")]
    [TestCase(":5222")]
    [TestCase("*:")]
    [TestCase("*:65536")]
    [TestCase("*:-1")]
    [TestCase("::1:5222")]
    [TestCase("[::1:5222")]
    [TestCase("[127.0.0.1]x:5222")]
    [TestCase("example.org:5222")]
    [TestCase("unix:")]
    [TestCase("unix:relative.sock")]
    public void What_is_no_address_is_refused(string text) => Assert.That(ListenAddress.TryParse(text, out _), Is.False);

    [TestCase("*:5280", "*:5281", "https://example.org:5281/")]
    [TestCase("*:5280", "*:443", "https://example.org/")]
    [TestCase("*:5280", "unix:/x", "http://example.org:5280/")]
    [TestCase("unix:/x", null, null)]
    public void Clients_are_given_the_first_https_port_or_else_http(string http, string? https, string? expected)
    {
        var endpoints = Endpoints.Of(new EndpointsOptions { Http = new([http]), Https = new(https is null ? [] : [https]) });

        Assert.That(endpoints.PublicUrl("example.org")?.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void A_host_that_is_not_ascii_has_an_ascii_url() =>
        Assert.That(Endpoints.Of(new EndpointsOptions()).PublicUrl("bücher.example")!.ToString(), Is.EqualTo("https://xn--bcher-kva.example:5281/"));
}
