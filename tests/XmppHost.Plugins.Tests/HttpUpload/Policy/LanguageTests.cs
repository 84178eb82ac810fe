using XmppHost.Plugins.HttpUpload.Policy;

namespace XmppHost.Plugins.Tests.HttpUpload.Policy;

public sealed class LanguageTests
{
    [TestCase(null, "en", "The file is too large. The limit is 1.5 MiB.")]
    [TestCase("en-GB", "en", "The file is too large. The limit is 1.5 MiB.")]
    [TestCase("de", "de", "Die Datei ist zu groß. Die Grenze liegt bei 1,5 MiB.")]
    [TestCase("DE-at", "de", "Die Datei ist zu groß. Die Grenze liegt bei 1,5 MiB.")]
    [TestCase("fr", "fr", "Le fichier est trop volumineux. La limite est de 1,5 Mio.")]
    [TestCase("es-419", "es", "El archivo es demasiado grande. El límite es de 1,5 MiB.")]
    [TestCase("den", "en", "The file is too large. The limit is 1.5 MiB.")]
    [TestCase("tlh", "en", "The file is too large. The limit is 1.5 MiB.")]
    public async Task Refusal_is_in_the_language_of_the_request(string? lang, string tag, string text)
    {
        using var server = new UploadServer("maxFileSize=1.5 MiB");
        var answer = await server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='a' size='2000000'/>", lang: lang);
        Assert.That(answer, Does.Contain($"<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='{tag}'>{text}</text>"));
    }

    [TestCase("en")]
    [TestCase("de")]
    [TestCase("fr")]
    [TestCase("es")]
    public async Task Every_refusal_has_a_text_of_the_language(string lang)
    {
        using var server = new UploadServer("maxFileSize=1 KiB", "slotsPerMinute=2", "bytesPerDay=1 KiB", "deniedTypes:0=a/*", "purposes:ephemeral:retention=1 day");
        string[] requests =
        [
            "<request xmlns='urn:xmpp:http:upload:0' filename='' size='1' content-type='x/y'/>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='/' size='1' content-type='x/y'/>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='&#x9;' size='1' content-type='x/y'/>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='0' content-type='x/y'/>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1' content-type='ü'/>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1' content-type='a/y'/>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'/>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='5000' content-type='x/y'/>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1' content-type='x/y'><profile xmlns='urn:xmpp:http:upload:purpose:0'/></request>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1' content-type='x/y'><ephemeral xmlns='urn:xmpp:http:upload:purpose:0'/></request>",
            "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1' content-type='x/y'><ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='2000-01-01T00:00:00Z'/></request>",
        ];
        var texts = new List<string>();
        foreach (var request in requests) texts.Add(await server.AskAsync(request, lang: lang));
        texts.Add(await server.AskAsync(requests[7], lang: lang, isAnonymous: true));
        Assert.That(texts, Is.All.Contain($"xml:lang='{lang}'>"));
        Assert.That(texts.Distinct().Count(), Is.EqualTo(12), "each has its own");
        if (lang != "en") Assert.That(texts, Has.None.Contain("The file").And.None.Contain("You "));
    }

    [TestCase(0, "0 bytes")]
    [TestCase(1023, "1023 bytes")]
    [TestCase(1024, "1 KiB")]
    [TestCase(1536, "1.5 KiB")]
    [TestCase(104857600, "100 MiB")]
    [TestCase(104857599, "99.9 MiB")]
    [TestCase(5368709120, "5 GiB")]
    [TestCase(17592186044416, "16 TiB")]
    public void Sizes_are_told_in_human_units_and_never_too_much(long bytes, string text) => Assert.That(Languages.English.Size(bytes), Is.EqualTo(text));
}
