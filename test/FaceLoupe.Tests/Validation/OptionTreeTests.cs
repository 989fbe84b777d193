using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceLoupe.Validation;

namespace FaceLoupe.Tests.Validation;

public class OptionTreeTests
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    [Fact]
    public void faults_are_named_by_the_keys_of_the_file()
    {
        var root = new Root
        {
            Steps = [new Step { Factor = 1 }, new Step { Factor = 2 }], Only = new Step { Factor = 3 },
        };

        OptionTree.Refused(root, Format).Select(fault => fault.ToString()).ShouldBe(
            ["steps[1].scale is 2, not from 0 to 1", "only.scale is 3, not from 0 to 1"]);
    }

    [Fact]
    public void holes_in_lists_and_numbers_that_json_cannot_hold_are_found()
    {
        var root = new Root { Steps = [null!, new Step { Factor = double.NaN }] };

        OptionTree.Missing(root, Format).ShouldHaveSingleItem().ToString().ShouldBe("steps[0] is null");
        OptionTree.NotFinite(root, Format).ShouldHaveSingleItem().AsRequirement()
            .ShouldBe("steps[1].scale must be a finite number, was NaN");
    }

    private sealed record Root
    {
        public IReadOnlyList<Step> Steps { get; init; } = [];

        public Step? Only { get; init; }
    }

    private sealed record Step
    {
        [JsonPropertyName("scale"), Range(0.0, 1.0)]
        public double Factor { get; init; }
    }
}
