using System.Runtime.InteropServices;
using FaceLoupe.Models;

namespace FaceLoupe.Tests.Models;

public sealed class DefaultModelTests
{
    private static readonly ProcessorFeatures WithVnni = new(Architecture.X64, Avx2: true, Vnni: true);

    [Fact]
    public void on_every_processor_the_model_in_8_bits_is_the_default()
    {
        ProcessorFeatures[] all =
            [WithVnni, WithVnni with { Vnni = false }, new(Architecture.Arm64, Avx2: false, Vnni: false)];

        all.Select(processor => DefaultModel.Choose(processor, Device.Cpu, name => name)).ShouldBe(
        [
            (ModelBundle.DefaultName, "the default for x64 with VNNI"),
            (ModelBundle.DefaultName, "the default for x64 with AVX2, without VNNI"),
            (ModelBundle.DefaultName, "the default for arm64"),
        ]);
    }

    [Fact]
    public void a_graphics_card_gets_the_model_with_floats_where_it_is_there()
    {
        DefaultModel.Choose(WithVnni, Device.Cuda, name => name).ShouldBe(
            ("full", "the default for Cuda, which is made for floats"));
        DefaultModel.Choose(WithVnni, Device.Cuda, name => name == "full" ? null : name).ShouldBe(
            (ModelBundle.DefaultName, "the default for Cuda"));
    }

    [Fact]
    public void a_device_that_is_not_there_changes_nothing()
    {
        using var bundle = ModelBundle.Open(device: Device.Cuda);

        bundle.DeviceNote.ShouldNotBeNull();
        bundle.Manifest.Name.ShouldBe(ModelBundle.DefaultName);
        bundle.Reason.ShouldBe($"the default for {ProcessorFeatures.Current}");
    }
}
