using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using static FaceLoupe.Training.Tests.Losses.TensorValues;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Losses;

public sealed class GanLossesTests
{
    private const double Pixel = 0.75;
    private const double Delta = 0.125;
    private readonly LossOptions options = new();

    [Fact]
    public void the_default_weights_are_the_papers()
    {
        (options.Adversarial, options.Classification, options.Regression).ShouldBe((0.001, 0.01, 0.01));
        options.Pixel.ShouldBe(1);
        options.AdversarialForm.ShouldBe(AdversarialForm.Saturating);
    }

    [Fact]
    public void the_generator_minimises_equation_10()
    {
        var loss = OfGenerator(options);

        Parts(loss).ShouldBe(["pixel", "adversarial", "classification", "regression"]);
        loss.Total.Number().ShouldBe(Pixel + (0.001 * -Wrong) + (0.01 * Right) + (0.01 * Delta), 1e-6);
    }

    [Fact]
    public void the_discriminator_minimises_equation_11()
    {
        var loss = OfDiscriminator(options);

        // Real: D says 1/4 real, 1/4 face, deltas off by 0.5 in two places. Generated: 3/4, 3/4, off by 0.5 in one.
        Parts(loss).ShouldBe(["adversarial", "classification", "regression"]);
        loss.Values()["regression"].ShouldBe(3 * Delta, 1e-6);
        loss.Total.Number().ShouldBe((0.001 * 2 * Wrong) + (0.01 * (Wrong + Right)) + (0.01 * 3 * Delta), 1e-6);
    }

    [Theory]
    [InlineData("adversarialInGenerator", "pixel classification regression", "adversarial classification regression")]
    [InlineData("classificationInGenerator", "pixel adversarial regression", "adversarial classification regression")]
    [InlineData("regressionInGenerator", "pixel adversarial classification", "adversarial classification regression")]
    [InlineData("regressionBranch", "pixel adversarial classification", "adversarial classification")]
    [InlineData("adversarial", "pixel classification regression", "classification regression")]
    [InlineData("regression", "pixel adversarial classification", "adversarial classification")]
    [InlineData("pixel", "adversarial classification regression", "adversarial classification regression")]
    public void each_switch_removes_its_own_part(string off, string generator, string discriminator)
    {
        var switched = off switch
        {
            "adversarialInGenerator" => options with { AdversarialInGenerator = false },
            "classificationInGenerator" => options with { ClassificationInGenerator = false },
            "regressionInGenerator" => options with { RegressionInGenerator = false },
            "regressionBranch" => options with { RegressionBranch = false },
            "adversarial" => options with { Adversarial = 0 },
            "regression" => options with { Regression = 0 },
            _ => options with { Pixel = 0 },
        };

        Parts(OfGenerator(switched)).ShouldBe(generator.Split(' '));
        Parts(OfDiscriminator(switched)).ShouldBe(discriminator.Split(' '));
        OptionFaults.Of(switched).ShouldBeEmpty();
    }

    [Fact]
    public void the_other_form_of_the_adversarial_loss_is_the_generators_alone()
    {
        var other = options with { AdversarialForm = AdversarialForm.NonSaturating };

        OfGenerator(other).Values()["adversarial"].ShouldBe(Right, 1e-6);
        OfDiscriminator(other).Values()["adversarial"].ShouldBe(2 * Wrong, 1e-6);
    }

    [Fact]
    public void the_joint_objective_is_equation_9()
    {
        var joint = GanLosses.Joint(OfGenerator(options).Values(), OfDiscriminator(options).Values(), options);

        joint.ShouldBe((0.001 * -2 * Wrong) + (0.01 * (Wrong + Right)) + (0.01 * 3 * Delta) + Pixel, 1e-6);
    }

    [Fact]
    public void landmarks_count_where_they_are_known_and_the_head_is_there()
    {
        // Two RoIs; the first has points that are off by 0.5 in two coordinates, the second has none.
        float[] off = [0.5f, 0, 0.5f, 0, 0, 0, 0, 0, 0, 0];
        var truth = new RegionTruth(Column(1, 1), zeros(2, 4))
        {
            Landmarks = zeros(2, 10), HasLandmarks = Column(1, 0),
        };
        DiscriminatorOutput Output(params float[] points) => new(Column(0, 0), Column(0, 0), zeros(2, 4))
        {
            Landmarks = tensor([.. points, .. Enumerable.Repeat(9f, 10)]).reshape(2, 10),
        };

        var loss = GanLosses.Discriminator(Output(off), Output(new float[10]), truth, options with { Landmarks = 0.5 });

        loss.Values()["landmarks"].ShouldBe(2 * Delta / 2, 1e-6);
        var without = Output(off) with { Landmarks = null };
        Parts(GanLosses.Discriminator(without, without, truth, options)).ShouldNotContain("landmarks");
        Parts(GanLosses.Discriminator(
            Output(off), Output(off), truth with { Landmarks = null, HasLandmarks = null }, options))
            .ShouldNotContain("landmarks");
    }

    [Fact]
    public void impossible_weights_are_reported()
    {
        OptionFaults.Of(options with { Pixel = -1 }).ShouldHaveSingleItem().ShouldContain("pixel must be at least 0");
        OptionFaults.Of(options with { Adversarial = double.NaN }).ShouldHaveSingleItem().ShouldContain("adversarial");
        OptionFaults.Of(options with { Classification = 0 }).ShouldHaveSingleItem().ShouldContain("must be above 0");
        OptionFaults.Of(options with
        {
            Pixel = 0, AdversarialInGenerator = false, ClassificationInGenerator = false, RegressionInGenerator = false,
        }).ShouldHaveSingleItem().ShouldContain("leave at least one on");
    }

    private static LossSum OfGenerator(LossOptions options) => GanLosses.Generator(
        new GeneratorOutput(Pixel3(1, 0, -1), Pixel3(0, 0, 0.5f)), Pixel3(0, 0, 0), OnGenerated(), Truth(), options);

    private static LossSum OfDiscriminator(LossOptions options) => GanLosses.Discriminator(
        new DiscriminatorOutput(Column(-Ln3), Column(-Ln3), Rows(0.5f, 0, 0.5f, 0)), OnGenerated(), Truth(), options);

    private static DiscriminatorOutput OnGenerated() => new(Column(Ln3), Column(Ln3), Rows(0, 0, 0, -0.5f));

    private static RegionTruth Truth() => new(Column(1), Rows(0, 0, 0, 0));

    private static Tensor Pixel3(params float[] values) => TensorValues.Pixel(values);

    private static string[] Parts(LossSum loss) => [.. loss.Values().Keys];
}
