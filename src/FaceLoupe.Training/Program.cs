using System.Diagnostics;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
FaceLoupe.Training.Runs.NativeHeap.KeepFreedMemory();
var size = int.Parse(args[0]); var batch = int.Parse(args[1]); var skip = int.Parse(args[2]); var frozen = int.Parse(args[3]);
Console.WriteLine($"threads {get_num_threads()}");
manual_seed(1);
var net = new ProposalNetwork(new ProposalNetworkOptions { SkipWidth = skip, Trunk = new() { Blocks = [3, 4, 6], FrozenStages = frozen } });
net.Trunk.Freeze();
net.train();
var opt = optim.Adam(net.parameters().Where(p => p.requires_grad), 1e-4);
using (var c = new MacCounter()) { using var s = NewDisposeScope(); using var ng = no_grad(); net.forward(zeros(1, 3, size, size)); Console.WriteLine($"GMAC {c.Macs / 1e9:F2}"); }
for (var i = 0; i < 6; i++)
{
    using var s = NewDisposeScope();
    var w = Stopwatch.StartNew();
    var x = rand(batch, 3, size, size) * 2 - 1;
    var outs = net.forward(x);
    var t = outs.Sum(o => o.Scores.shape[1] * o.Scores.shape[2] * o.Scores.shape[3]);
    var labels = (rand(batch, t) > 0.999).to_type(ScalarType.Float32);
    var loss = ProposalLoss.Of(outs, new AnchorTruth(labels, zeros(batch, t, 4)), 3);
    var f = w.Elapsed.TotalSeconds;
    opt.zero_grad(); loss.Total.backward(); opt.step();
    Console.WriteLine($"{i}: forward {f:F2} step {w.Elapsed.TotalSeconds:F2} s, {batch / w.Elapsed.TotalSeconds:F1}/s " + string.Join(" ", loss.Values()));
}
return 0;
