using System.Security;
using System.Text;
using XmppHost.Scripting.Format;
using XmppHost.Scripting.Matching;
using XmppHost.Scripting.Running;
using XmppHost.Xml;

namespace XmppHost.Scripting.Steps;

/// <summary><c>romeo sends:</c> and a block of XML. Layout between the elements is not sent.</summary>
internal sealed record SendStep(int Line, string Text, string Client, IReadOnlyList<Template> Stanzas) : ScriptStep(Line, Text)
{
    internal override async Task RunAsync(RunContext run, CancellationToken ct)
    {
        foreach (var stanza in Stanzas)
        {
            var xml = stanza.Expand(run.Variables, value => SecurityElement.Escape(value));
            var element = XmlBlock.WithoutLayout(XmlBlock.ReadOne(xml));
            var bytes = Utf8XmlWriter.ToBytes(element, XmlNs.Client, inStream: true);
            await run.Client(Client).Connected.SendAsync(Encoding.UTF8.GetString(bytes), ct).ConfigureAwait(false);
        }
    }
}
