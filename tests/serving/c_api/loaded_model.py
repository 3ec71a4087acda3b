"""A SavedModel in a session."""

import ctypes as c

from tests.serving.c_api.libtensorflow import POINTER, TEXT, Output
from tests.serving.c_api.signatures import read_signatures
from tests.serving.c_api.tensors import to_array, to_tensor

ONE_THREAD = bytes([0x10, 1, 0x28, 1])  # ConfigProto: intra and inter op parallelism


class LoadedModel:
    """Runs the signatures of a SavedModel.

    Args:
        library: `LibTensorFlow`.
        folder: the version folder.

    Attributes:
        signatures: `Signature`s by name.
    """

    def __init__(self, library, folder):
        self._library = library
        self._graph = library.TF_NewGraph()
        options = library.TF_NewSessionOptions()
        library.checked(library.TF_SetConfig, options, ONE_THREAD, len(ONE_THREAD))
        described = library.TF_NewBuffer()
        tags = (TEXT * 1)(b"serve")
        self._session = library.checked(
            library.TF_LoadSessionFromSavedModel,
            *(options, None, str(folder).encode(), tags, 1, self._graph, described),
        )
        content = c.string_at(described.contents.data, described.contents.length)
        self.signatures = read_signatures(content)

    def run(self, name, inputs, outputs=None):
        """Returns the outputs of a signature, all or those named, for arrays by name."""
        signature = self.signatures[name]
        given = {key: signature.inputs[key] for key in inputs}
        wanted = {key: signature.outputs[key] for key in outputs or signature.outputs}
        tensors = [to_tensor(self._library, inputs[key], given[key].dtype) for key in given]
        found = self._run(self._places(given), tensors, self._places(wanted))
        arrays = [to_array(self._library, tensor) for tensor in found]
        for tensor in (*tensors, *found):
            self._library.TF_DeleteTensor(tensor)
        return dict(zip(wanted, arrays, strict=True))

    def _run(self, inputs, tensors, outputs):
        results = (POINTER * len(outputs))()
        self._library.checked(
            self._library.TF_SessionRun,
            *(self._session, None),
            *((Output * len(inputs))(*inputs), (POINTER * len(tensors))(*tensors), len(inputs)),
            *((Output * len(outputs))(*outputs), results, len(outputs)),
            *(None, 0, None),
        )
        return list(results)

    def _places(self, tensors):
        for_name = self._library.TF_GraphOperationByName
        split = [info.name.rsplit(":", 1) for info in tensors.values()]
        return [Output(for_name(self._graph, op.encode()), int(index)) for op, index in split]
