using System.Globalization;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>The numbers in shaper_rules, as far as they hold for everybody.</summary>
internal sealed class EjabberdShapers(EjabberdConfig config, string host)
{
    /// <summary>The number for all users, with its place; null where there is none or it depends on who asks.</summary>
    internal (decimal? Value, Place Place, bool Depends) LimitOf(string rule)
    {
        switch (EjabberdConfig.AsMap(config.Of(host, "shaper_rules"))[rule])
        {
            case SourceValue.Number number:
                return (number.Value, number.Place, false);
            case SourceValue.Table table:
                // { 5000: admin, 100: all }: what is said of "all" holds for those not named before.
                var numbers = EjabberdConfig.AsMap(table).All.ToArray();
                var all = numbers.FirstOrDefault(n => n.Value is SourceValue.Text { Value: "all" });
                return decimal.TryParse(all.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? (value, table.Place, numbers.Length > 1) : (null, table.Place, true);
            default:
                return (null, default, false);
        }
    }
}
