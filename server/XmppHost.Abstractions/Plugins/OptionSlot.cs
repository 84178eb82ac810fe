using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace XmppHost.Plugins;

/// <summary>One option of an options type: a constructor parameter, or a settable property beside the constructor.</summary>
internal sealed class OptionSlot
{
    private readonly ParameterInfo? _parameter;

    private OptionSlot(ParameterInfo? parameter, PropertyInfo? property, NullabilityInfoContext nullability)
    {
        _parameter = parameter;
        Property = property;
        Name = OptionNames.Camel(parameter?.Name ?? property!.Name);
        var declared = parameter?.ParameterType ?? property!.PropertyType;
        Type = Nullable.GetUnderlyingType(declared) ?? declared;
        var state = parameter is not null ? nullability.Create(parameter).ReadState : nullability.Create(property!).ReadState;
        IsNullable = state == NullabilityState.Nullable;
        Rules = [.. parameter?.GetCustomAttributes<ValidationAttribute>() ?? [], .. property?.GetCustomAttributes<ValidationAttribute>() ?? []];
        MustBeSet = parameter is null ? property!.IsDefined(typeof(RequiredMemberAttribute)) : !parameter.HasDefaultValue && !IsNullable;
    }

    internal string Name { get; }

    /// <summary>The type without <see cref="Nullable{T}"/>.</summary>
    internal Type Type { get; }

    internal bool IsNullable { get; }

    /// <summary>It has no default of its own.</summary>
    internal bool MustBeSet { get; }

    internal bool IsParameter => _parameter is not null;

    internal PropertyInfo? Property { get; }

    internal IReadOnlyList<ValidationAttribute> Rules { get; }

    /// <summary>The default that the constructor's signature names; null where it names none.</summary>
    internal object? ParameterDefault
    {
        get
        {
            if (_parameter is not { HasDefaultValue: true }) return null;
            var value = _parameter.DefaultValue;
            if (value is null) return IsNullable || !Type.IsValueType ? null : Activator.CreateInstance(Type);
            return Type.IsEnum && value is not Enum ? Enum.ToObject(Type, value) : value;
        }
    }

    /// <summary>The constructor that options are made with, and its parameters and the remaining settable properties as slots.</summary>
    internal static (ConstructorInfo Constructor, IReadOnlyList<OptionSlot> Slots) Of(Type type)
    {
        var constructor = type.GetConstructors().Where(c => !IsCopy(c, type)).MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"the options type {type.Name} has no public constructor");
        var nullability = new NullabilityInfoContext();
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        List<OptionSlot> slots =
        [
            .. constructor.GetParameters().Select(p => new OptionSlot(
                p, properties.FirstOrDefault(q => string.Equals(q.Name, p.Name, StringComparison.OrdinalIgnoreCase) && q.GetIndexParameters().Length == 0), nullability)),
        ];
        var others = properties.Where(q => q.SetMethod is { IsPublic: true } && q.GetIndexParameters().Length == 0 && !slots.Exists(s => s.Property == q));
        slots.AddRange(others.ToArray().Select(q => new OptionSlot(null, q, nullability)));
        return (constructor, slots);
    }

    private static bool IsCopy(ConstructorInfo constructor, Type type) => constructor.GetParameters() is [{ ParameterType: var only }] && only == type;
}
