using System.ComponentModel.DataAnnotations;
using FaceLoupe.Models;
using FaceLoupe.Validation;

namespace FaceLoupe;

/// <summary>Options of a <see cref="FaceLoupeDetector"/>.</summary>
public sealed record DetectorOptions
{
    /// <summary>Lowest score of a reported face, from 0 to 1; null (the default): the model's threshold.</summary>
    [Range(0.0, 1.0)]
    public float? MinScore { get; init; }

    /// <summary>How far an image goes. Default: both stages.</summary>
    [EnumDataType(typeof(DetectionStages), ErrorMessage = "1 or 2")]
    public DetectionStages Stages { get; init; } = DetectionStages.Both;

    /// <summary>Regions of interest per run of the second stage's networks, from 1 to 1,024. Default 32.</summary>
    [Range(1, 1024)]
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Longer side of the smallest face to find, in pixels of the image, from 0. Default 8, for which the scales of a
    /// model are designed. With 16, images are enlarged half as much and take .62 of the time; smaller faces are still
    /// reported, but mostly not found.
    /// </summary>
    [Range(0.0, 1e6)]
    public float MinFace { get; init; } = Proposals.ScalePlan.SmallestPlannedFace;

    /// <summary>
    /// Full search: search the whole image at every size of the scale plan. Default false: steps of the plan with a
    /// focus (<see cref="ScaleStep.Focus"/>) search only around the focus candidates of a smaller size, in a fraction
    /// of the time.
    /// </summary>
    public bool FullSearch { get; init; }

    /// <summary>
    /// Report eyes, nose and mouth corners of each face (<see cref="Face.Landmarks"/>), for which every reported face
    /// goes through the second stage. Default false. Few models support it: see
    /// <see cref="DiscriminatorSection.Landmarks"/>.
    /// </summary>
    public bool Landmarks { get; init; }

    /// <summary>What the networks run on, if the detector loads the model itself. Default: the CPU.</summary>
    [EnumDataType(typeof(Device))]
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>
    /// Fail if <see cref="Device"/> is not available. Default false: the CPU is used, and
    /// <see cref="FaceLoupeDetector.DeviceNote"/> says why.
    /// </summary>
    public bool DeviceRequired { get; init; }

    /// <summary>
    /// Threads for one run of a network, if the detector loads the model itself; 0 (the default): one per core.
    /// </summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>Scales, thresholds and fusion instead of the model's own; null (the default): the model's.</summary>
    public DetectionSection? Detection { get; init; }

    /// <summary>Refuses invalid options, all faults in one line.</summary>
    /// <param name="model">The model they are for, when it is known already.</param>
    internal void Validate(ModelManifest? model = null)
    {
        if (Landmarks && model is { Discriminator.Landmarks: null })
        {
            throw new FaceLoupeException(
                $"The model {model.Name} {model.Version} gives no landmarks; give one that was trained with them "
                + "(docs/landmarks.md), or do not ask for them.");
        }

        OptionRules.Check(
            this,
            "Detector options",
            [
                .. Detection is null || model is null
                    ? []
                    : ModelManifestRules.Faults(model with { Detection = Detection }),
                .. Landmarks && Stages == DetectionStages.ProposalsOnly
                    ? ["Landmarks come from the second stage, but Stages is 1"] : Array.Empty<string>(),
            ]);
    }
}
