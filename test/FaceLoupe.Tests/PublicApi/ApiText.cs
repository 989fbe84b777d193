using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace FaceLoupe.Tests.PublicApi;

/// <summary>
/// The public types and members of an assembly as text, a line each: what a program that uses it may rest on.
/// </summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal", [typeof(string)] = "string", [typeof(object)] = "object",
    };

    /// <summary>Compares an assembly with the file of its public API, or writes that anew when asked for.</summary>
    /// <param name="assembly">The assembly; the file has its name.</param>
    public static void ShouldBeThatOf(Assembly assembly)
    {
        var page = $"test/FaceLoupe.Tests/PublicApi/{assembly.GetName().Name}.txt";
        var path = RepositoryRoot.Combine(page);
        var expected = Of(assembly);
        if (Environment.GetEnvironmentVariable("FACELOUPE_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        var known = File.Exists(path) ? File.ReadAllLines(path) : [];
        var now = expected.TrimEnd('\n').Split('\n');
        now.Except(known).Select(line => "+ " + line.Trim())
            .Concat(known.Except(now).Select(line => "- " + line.Trim())).ShouldBeEmpty(
            $"the public API is not that of {page}: if the change is meant, run eng/update-docs and say it in "
                + "CHANGELOG.md");
        now.ShouldBe(known);
    }

    private static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            var bases = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])
                .Where(face => face.IsVisible && !face.Name.StartsWith("IEquatable", StringComparison.Ordinal))
                .Select(Name)
                .Order(StringComparer.Ordinal).ToList();
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && !type.IsEnum)
            {
                bases.Insert(0, Name(parent));
            }

            text.Append(CultureInfo.InvariantCulture, $"{KindOf(type)} {type.Namespace}.{Name(type)}");
            text.Append(bases.Count == 0 || type.IsEnum ? "\n" : $" : {string.Join(", ", bases)}\n");
            foreach (var member in type.GetMembers(Declared).Select(Line).OfType<string>().Order(
                StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    // What is the compiler's own (a record's equality) goes without saying.
    private static string? Line(MemberInfo member) => member switch
    {
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute)) => null,
        ConstructorInfo made when Seen(made) && !made.IsStatic => $"new({Parameters(made)})",
        MethodInfo { IsSpecialName: false } method when Seen(method) =>
            $"{Modifier(method)}{Name(method.ReturnType, Nullability.Create(method.ReturnParameter))} {method.Name}"
            + $"{Arguments(method.IsGenericMethod ? method.GetGenericArguments() : [])}({Parameters(method)})",
        MethodInfo { Name: var name } method when Seen(method) && name.StartsWith("op_", StringComparison.Ordinal) =>
            $"static {Name(method.ReturnType)} {name}({Parameters(method)})",
        PropertyInfo property when Accessors(property) is { Length: > 0 } accessors =>
            $"{Modifier((property.GetMethod ?? property.SetMethod)!)}"
            + $"{Name(property.PropertyType, Nullability.Create(property))} "
            + $"{property.Name} {{ {accessors} }}",
        FieldInfo { IsPublic: true, IsSpecialName: false } field when field.DeclaringType!.IsEnum =>
            $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}",
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily =>
            $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}"
            + (field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : ""),
        EventInfo happening when Seen(happening.AddMethod!) =>
            $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static bool Seen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifier(MethodInfo method) => method switch
    {
        { DeclaringType.IsInterface: true } => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Accessors(PropertyInfo property)
    {
        var get = property.GetMethod is { } getter && Seen(getter) ? "get;" : "";
        var set = property.SetMethod is not { } setter || !Seen(setter) ? ""
            : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;";
        var required = property.CustomAttributes.Any(given => given.AttributeType.Name == "RequiredMemberAttribute")
            ? " required;"
            : "";
        return $"{get} {set}".Trim() + required;
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (method.IsDefined(typeof(ExtensionAttribute)) && parameter.Position == 0 ? "this " : "")
        + (parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")
        + $"{Name(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "")));

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type) => Name(type, null);

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        var unknown = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[]{unknown}";
        }

        var name = Keywords.GetValueOrDefault(type) ?? type.Name.Split('`')[0];
        if (type.IsNested && !type.IsGenericParameter)
        {
            name = $"{Name(type.DeclaringType!)}.{name}";
        }

        return name + Arguments(type.IsGenericType ? type.GetGenericArguments() : []) + unknown;
    }

    private static string Arguments(Type[] types) =>
        types.Length == 0 ? "" : $"<{string.Join(", ", types.Select(Name))}>";
}
