"""TensorFlow's shared libraries, bound with ctypes."""

import ctypes as c
import pathlib

POINTER, TEXT, SIZE = c.c_void_p, c.c_char_p, c.c_size_t


class Buffer(c.Structure):
    _fields_ = (("data", POINTER), ("length", SIZE), ("deallocator", POINTER))


class Output(c.Structure):
    _fields_ = (("operation", POINTER), ("index", c.c_int))


FRAMEWORK = {  # function -> result, arguments
    "TF_NewStatus": (POINTER, ()),
    "TF_GetCode": (c.c_int, (POINTER,)),
    "TF_Message": (TEXT, (POINTER,)),
    "TF_DeleteStatus": (None, (POINTER,)),
    "TF_NewBuffer": (c.POINTER(Buffer), ()),
    "TF_AllocateTensor": (POINTER, (c.c_int, c.POINTER(c.c_int64), c.c_int, SIZE)),
    "TF_TensorData": (POINTER, (POINTER,)),
    "TF_TensorType": (c.c_int, (POINTER,)),
    "TF_NumDims": (c.c_int, (POINTER,)),
    "TF_Dim": (c.c_int64, (POINTER, c.c_int)),
    "TF_TensorByteSize": (SIZE, (POINTER,)),
    "TF_DeleteTensor": (None, (POINTER,)),
}
RUNTIME = {
    "TF_Version": (TEXT, ()),
    "TF_NewGraph": (POINTER, ()),
    "TF_NewSessionOptions": (POINTER, ()),
    "TF_SetConfig": (None, (POINTER, POINTER, SIZE, POINTER)),
    "TF_LoadLibrary": (POINTER, (TEXT, POINTER)),
    "TF_LoadSessionFromSavedModel": (
        POINTER,
        (POINTER, POINTER, TEXT, c.POINTER(TEXT), c.c_int, POINTER, c.POINTER(Buffer), POINTER),
    ),
    "TF_GraphOperationByName": (POINTER, (POINTER, TEXT)),
    "TF_SessionRun": (
        None,
        (POINTER, POINTER, c.POINTER(Output), c.POINTER(POINTER), c.c_int, c.POINTER(Output))
        + (c.POINTER(POINTER), c.c_int, POINTER, c.c_int, POINTER, POINTER),
    ),
    "TF_StringInit": (None, (POINTER,)),
    "TF_StringCopy": (None, (POINTER, TEXT, SIZE)),
    "TF_StringGetDataPointer": (POINTER, (POINTER,)),
    "TF_StringGetSize": (SIZE, (POINTER,)),
}


class TensorFlowError(Exception):
    """A status that is not OK; its codes are those of gRPC."""

    def __init__(self, code, message):
        self.code = code
        super().__init__(message)


class LibTensorFlow:
    """The functions of the C API, with TF Text's ops, as attributes.

    Args:
        packages: folder that holds `tensorflow/` and `tensorflow_text/`, as pip installs them.
    """

    def __init__(self, packages):
        packages = pathlib.Path(packages)
        # The framework first: the other one looks for it among what is loaded.
        for name, functions in (("framework.so.2", FRAMEWORK), ("cc.so.2", RUNTIME)):
            path = packages / "tensorflow" / f"libtensorflow_{name}"
            library = c.CDLL(str(path), mode=c.RTLD_GLOBAL)
            for function, (result, arguments) in functions.items():
                bound = getattr(library, function)
                bound.restype, bound.argtypes = result, arguments
                setattr(self, function, bound)
        ops = sorted(packages.glob("tensorflow_text/python/ops/_*.so"))
        assert ops, f"no libraries of ops in {packages}"
        for path in ops:
            self.checked(self.TF_LoadLibrary, str(path).encode())

    @property
    def version(self):
        return self.TF_Version().decode()

    def checked(self, function, *arguments):
        """Calls a function whose last argument is a status, and raises what that says."""
        status = self.TF_NewStatus()
        try:
            result = function(*arguments, status)
            code = self.TF_GetCode(status)
            if code:
                raise TensorFlowError(code, self.TF_Message(status).decode("utf-8", "replace"))
            return result
        finally:
            self.TF_DeleteStatus(status)
